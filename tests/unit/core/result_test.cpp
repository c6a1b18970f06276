#include "mcpcred/result.h"

#include <cerrno>
#include <memory>
#include <set>
#include <string>

#include "catch.h"
#include "mcpcred/error.h"

namespace {

using mcpcred::Error;
using mcpcred::error_info;
using mcpcred::ErrorCode;
using mcpcred::fail;
using mcpcred::Result;

Result<int> half(int number) {
  if (number % 2 != 0) return fail(ErrorCode::kInvalidInput, "odd", "take an even one", 7);
  return number / 2;
}

Result<int> quarter(int number) {
  MCPCRED_TRY(once, half(number));
  MCPCRED_TRY(twice, half(once));
  return twice;
}

Result<void> must_be_even(int number) {
  MCPCRED_CHECK(half(number));
  return {};
}

}  // namespace

TEST_CASE("a result holds a value or an error") {
  const auto good = half(8);
  REQUIRE(good);
  CHECK(good.has_value());
  CHECK(*good == 4);

  const auto bad = half(7);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == ErrorCode::kInvalidInput);
  CHECK(bad.error().message == "odd");
  CHECK(bad.error().hint == "take an even one");
  CHECK(bad.error().native == 7);
}

TEST_CASE("the macros pass values on and errors out") {
  CHECK(*quarter(8) == 2);
  CHECK(quarter(6).error().message == "odd");
  CHECK(must_be_even(2));
  CHECK(must_be_even(3).error().native == 7);
}

TEST_CASE("a move-only value can be taken out") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = *std::move(result);
  CHECK(*taken == 5);
}

TEST_CASE("the table has a row for every code, in order, each name once") {
  std::set<std::string_view> names;
  std::size_t index = 0;
  for (const auto& row : mcpcred::all_error_codes()) {
    CAPTURE(row.name);
    CHECK(static_cast<std::size_t>(row.code) == index++);
    CHECK(&error_info(row.code) == &row);
    CHECK(names.insert(row.name).second);
    CHECK_FALSE(row.meaning.empty());
    CHECK(row.meaning.back() == '.');
  }
  CHECK(index == static_cast<std::size_t>(ErrorCode::kInterrupted) + 1);
}

TEST_CASE("exit codes are those of the README") {
  CHECK(error_info(ErrorCode::kUsage).exit_code == 2);
  CHECK(error_info(ErrorCode::kUnknownName).exit_code == 2);
  CHECK(error_info(ErrorCode::kNotFound).exit_code == 3);
  CHECK(error_info(ErrorCode::kLocked).exit_code == 4);
  CHECK(error_info(ErrorCode::kRefused).exit_code == 4);
  CHECK(error_info(ErrorCode::kUnsafePermissions).exit_code == 4);
  CHECK(error_info(ErrorCode::kIo).exit_code == 5);
  CHECK(error_info(ErrorCode::kDurabilityUnknown).exit_code == 5);
  CHECK(error_info(ErrorCode::kTampered).exit_code == 6);
  CHECK(error_info(ErrorCode::kNotExecutable).exit_code == 126);
  CHECK(error_info(ErrorCode::kCommandNotFound).exit_code == 127);
  CHECK(error_info(ErrorCode::kInternal).exit_code == 70);
  CHECK(error_info(ErrorCode::kInterrupted).exit_code == 130);
}

TEST_CASE("no row is a success") {
  for (const auto& row : mcpcred::all_error_codes()) CHECK(row.exit_code > 1);
}
