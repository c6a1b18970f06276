#include <algorithm>
#include <cstdlib>
#include <string>

#include "catch.h"
#include "contract/store_contract.h"
#include "contract/tested.h"
#include "mcpcred/vault.h"
#include "store/stores.h"
#include "temp_folder.h"

namespace mcpcred::test {
namespace {

// Every store named in MCPCRED_REQUIRE_STORES has to have a test here; scripts/test names all that this machine can
// have.
const Tested kTested[] = {Tested("memory"), Tested("env"), Tested("vault")};

Vault open_vault(const TempFolder& folder) {
  VaultOptions options;
  options.data_dir = folder.path() + "/data";
  options.use_session_cache = false;
  return Vault(std::move(options));
}

}  // namespace

TEST_CASE("contract: the memory store", "[contract]") {
  auto [one, two] = make_shared_memory_stores();
  check_store_contract(*one, *two);
}

TEST_CASE("contract: the memory store fails once when it is told to", "[contract]") {
  const auto store = make_memory_store();
  store->fail_next(Error{ErrorCode::kStoreUnavailable, "gone", {}, 0});
  const auto first = store->list();
  REQUIRE_FALSE(first);
  CHECK(first.error().code == ErrorCode::kStoreUnavailable);
  CHECK(store->list());
}

TEST_CASE("contract: the vault", "[contract]") {
  const TempFolder folder;
  Vault first = open_vault(folder);
  REQUIRE(first.init({folder.path() + "/key", std::nullopt, false}));
  Vault second = open_vault(folder);
  const auto one = make_vault_store(first);
  const auto two = make_vault_store(second);
  check_store_contract(*one, *two);
}

TEST_CASE("contract: the environment", "[contract]") {
  const auto lookup = [](std::string_view name) -> std::optional<std::string> {
    if (name == "GITHUB_TOKEN") return "from the job";
    if (name == "EMPTY_TOKEN") return "";
    return std::nullopt;
  };
  const VariableName github = *VariableName::parse("GITHUB_TOKEN");
  const VariableName slack = *VariableName::parse("SLACK_TOKEN");
  const auto store = make_env_store(lookup, {slack, github});
  check_read_only_contract(*store, EntryKey(github), "from the job", EntryKey(slack));
  CHECK_FALSE(store->get(EntryKey(*VariableName::parse("EMPTY_TOKEN")))->has_value());
  CHECK_FALSE(store->get(EntryKey(github, *AccountName::parse("work")))->has_value());
  CHECK_FALSE(store->traits().keeps_registry);
}

TEST_CASE("contract: every required store has a test", "[contract]") {
  const char* required = std::getenv("MCPCRED_REQUIRE_STORES");
  std::string rest = required == nullptr ? "memory,env,vault" : required;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const std::string name = rest.substr(0, comma);
    rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    INFO(name);
    const auto& tested = tested_stores();
    CHECK(std::find(tested.begin(), tested.end(), name) != tested.end());
  }
}

}  // namespace mcpcred::test
