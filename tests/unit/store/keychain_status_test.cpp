#include "store/keychain_status.h"

#include <set>
#include <string>

#include "catch.h"

namespace mcpcred::test {
namespace {

struct Expected {
  std::int32_t status;
  ErrorCode code;
};

constexpr Expected kExpected[] = {
    {-25300, ErrorCode::kNotFound},         {-25299, ErrorCode::kConflict},
    {-25293, ErrorCode::kDenied},           {-128, ErrorCode::kDenied},
    {-25308, ErrorCode::kLocked},           {-25315, ErrorCode::kLocked},
    {-25320, ErrorCode::kLocked},           {-25291, ErrorCode::kStoreUnavailable},
    {-25294, ErrorCode::kStoreUnavailable}, {-25307, ErrorCode::kStoreUnavailable},
    {-34018, ErrorCode::kStoreUnavailable}, {-50, ErrorCode::kStoreUnavailable},
    {-1, ErrorCode::kStoreUnavailable},
};

}  // namespace

TEST_CASE("keychain status: each has its code, its own text and a hint", "[store]") {
  std::set<std::string> messages;
  for (const Expected& one : kExpected) {
    CAPTURE(one.status);
    const Error error = keychain_error("cannot read X", one.status);
    CHECK(error.code == one.code);
    CHECK(error.native == one.status);
    CHECK_FALSE(error.hint.empty());
    CHECK(error.message.find("cannot read X: ") == 0);
    CHECK(error.message.find('\n') == std::string::npos);
    CHECK(error.message.back() != '.');
    CHECK(messages.insert(error.message).second);
  }
}

TEST_CASE("keychain status: without a window the hint says how to unlock, or to use the vault", "[store]") {
  const Error error = keychain_error("cannot read X", -25308);
  CHECK(error.hint == "in this session: security unlock-keychain\nor use the vault: --store vault");
}

TEST_CASE("keychain status: an unknown one says its number and how to look it up", "[store]") {
  const Error error = keychain_error("cannot read X", -67030);
  CHECK(error.message == "cannot read X: the Keychain answered -67030");
  CHECK(error.hint == "what that means: security error -67030");
}

}  // namespace mcpcred::test
