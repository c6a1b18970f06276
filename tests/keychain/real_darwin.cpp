#include <cstdlib>
#include <optional>
#include <string>

#include "catch.h"
#include "contract/store_contract.h"
#include "contract/tested.h"
#include "store/platform_store.h"

// The real Keychain. MCPCRED_TEST_KEYCHAIN=1 promises that the default keychain, and the only one of the search list,
// is an empty and unlocked one made for this test (real.test.sh does so). Without the promise nothing is touched, and
// the store counts as untested.
namespace mcpcred::test {
namespace {

bool promised() {
  const char* value = std::getenv("MCPCRED_TEST_KEYCHAIN");
  return value != nullptr && std::string(value) == "1";
}

const std::optional<Tested> kKeychain = promised() ? std::optional<Tested>("keychain") : std::optional<Tested>();

}  // namespace

TEST_CASE("contract: the Keychain", "[contract][keychain]") {
  if (!promised()) {
    WARN("not run: MCPCRED_TEST_KEYCHAIN is not 1, so the default keychain may be a person's");
    return;
  }
  const auto one = make_platform_store({nullptr, false});
  const auto two = make_platform_store({nullptr, false});
  check_store_contract(*one, *two);
}

// Hidden: real.test.sh makes the item with `security`, locks the keychain and then calls it.
TEST_CASE("keychain: a locked one says so, asks nobody, and is listed all the same", "[.][keychain-locked]") {
  REQUIRE(promised());
  const auto store = make_platform_store({nullptr, false});
  const EntryKey key(*VariableName::parse("GITHUB_TOKEN"));
  CHECK(store->available().error().code == ErrorCode::kLocked);
  const auto value = store->get(key);
  REQUIRE_FALSE(value);
  CHECK(value.error().code == ErrorCode::kLocked);
  CHECK(value.error().native == -25308);
  const auto listed = store->list();
  REQUIRE(listed);
  CHECK(*listed == std::vector{key});
}

}  // namespace mcpcred::test
