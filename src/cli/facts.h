#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mcpcred::cli {

/// A small JSON value for --json, in the order in which it was made. Commands use it in place of the JSON library,
/// whose header takes longer to compile than all the rest of them; facts.cpp turns it into text.
class Facts {
 public:
  using Member = std::pair<std::string, Facts>;
  using Members = std::vector<Member>;
  using List = std::vector<Facts>;

  Facts() = default;  ///< null
  // NOLINTBEGIN(google-explicit-constructor): a JSON value is written where it is meant
  Facts(std::initializer_list<std::pair<const char*, Facts>> members);
  Facts(const char* text) : value_(std::string(text)) {}
  Facts(std::string_view text) : value_(std::string(text)) {}
  Facts(std::string text) : value_(std::move(text)) {}
  Facts(bool flag) : value_(flag) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Facts(Number number) : value_(static_cast<std::int64_t>(number)) {}
  Facts(const std::vector<std::string>& texts) : value_(List(texts.begin(), texts.end())) {}
  Facts(const std::map<std::string, std::string>& texts);
  // NOLINTEND(google-explicit-constructor)

  static Facts list() { return Facts(List()); }

  /// Adds to a list.
  void push_back(Facts element) { std::get<List>(value_).push_back(std::move(element)); }
  /// A member of an object, made (as null) where there is none of that name.
  Facts& operator[](std::string_view name);

  /// Of an object.
  Members& members() { return std::get<Members>(value_); }

  /// JSON over several lines, with one final newline.
  std::string text() const;

 private:
  friend struct FactsWriter;
  explicit Facts(List list) : value_(std::move(list)) {}

  std::variant<std::monostate, bool, std::int64_t, std::string, List, Members> value_;
};

}  // namespace mcpcred::cli
