#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "mcpcred/error.h"

namespace mcpcred {

/// Wraps an error on its way into a Result, as std::unexpected does.
class Unexpected {
 public:
  explicit Unexpected(Error error) : error_(std::move(error)) {}
  Error& error() { return error_; }

 private:
  Error error_;
};

/// `return fail(ErrorCode::kNotFound, "…", "hint");` from any function that returns a Result.
inline Unexpected fail(ErrorCode code, std::string message, std::string hint = {}, long native = 0) {
  return Unexpected(Error{code, std::move(message), std::move(hint), native});
}

/// A value or an Error, with the member names of C++23's std::expected (g++ 12 and clang 14 have none).
/// Reading the side that is not there is undefined, as it is with std::expected's operators.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Unexpected failure)                                             // NOLINT(google-explicit-constructor)
      : state_(std::in_place_index<1>, std::move(failure.error())) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return *std::get_if<0>(&state_); }
  const T& value() const& { return *std::get_if<0>(&state_); }
  T&& value() && { return std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }

  Error& error() & { return *std::get_if<1>(&state_); }
  const Error& error() const& { return *std::get_if<1>(&state_); }
  Error&& error() && { return std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Unexpected failure) : error_(std::move(failure.error())) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }

  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return std::move(*error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace mcpcred

/// Declares `name` as the value of `expression`, or returns its error from the enclosing function.
#define MCPCRED_TRY(name, expression)                                                     \
  auto name##_or_error = (expression);                                                    \
  if (!name##_or_error) return ::mcpcred::Unexpected(std::move(name##_or_error).error()); \
  [[maybe_unused]] auto& name = *name##_or_error

/// Returns the error of a Result<void> (or of any Result whose value is not wanted) from the enclosing function.
#define MCPCRED_CHECK(expression)                                      \
  do {                                                                 \
    if (auto check_or_error = (expression); !check_or_error)           \
      return ::mcpcred::Unexpected(std::move(check_or_error).error()); \
  } while (false)
