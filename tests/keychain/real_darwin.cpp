#include <cstdlib>
#include <optional>
#include <string>

#include "catch.h"
#include "contract/store_contract.h"
#include "contract/tested.h"
#include "store/platform_store.h"

// The real Keychain. MCPCRED_TEST_KEYCHAIN=1 promises that the default keychain, and the only one of the search list,
// is an empty and unlocked one made for this test (.github/workflows/ci.yml does so). Without the promise nothing is
// touched, and the store counts as untested.
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

}  // namespace mcpcred::test
