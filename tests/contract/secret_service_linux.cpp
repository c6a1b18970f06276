#include <cstdlib>
#include <string>

#include "catch.h"
#include "contract/store_contract.h"
#include "contract/tested.h"
#include "platform/process.h"
#include "store/stores.h"

// Hidden: they need a keyring or a file of their own. contract.libsecret_file and e2e.secret_service bring it up and
// call them.
namespace mcpcred::test {
namespace {

const Tested kTested[] = {Tested("secret-service"), Tested("libsecret-file")};

std::unique_ptr<SecretStore> open_store() {
  return make_secret_service_store(lookup_environment, false);
}

EntryKey key(std::string_view variable) {
  return EntryKey(*VariableName::parse(variable));
}

}  // namespace

TEST_CASE("contract: the Secret Service", "[.][secret-service]") {
  const auto one = open_store();
  const auto two = open_store();
  check_store_contract(*one, *two);
}

TEST_CASE("contract: libsecret's file backend", "[.][libsecret-file]") {
  const auto one = make_libsecret_store(LibsecretUse::kFile, false);
  const auto two = make_libsecret_store(LibsecretUse::kFile, false);
  check_store_contract(*one, *two);
}

TEST_CASE("contract: the Secret Service with an encrypted session", "[.][secret-service-encrypted]") {
  const auto one = make_libsecret_store(LibsecretUse::kEncryptedSession, false);
  const auto plain = open_store();
  check_store_contract(*one, *plain);
}

TEST_CASE("the Secret Service before a restart of its provider", "[.][secret-service-before]") {
  const auto store = open_store();
  for (const std::string_view name : {"CONTRACT_KEPT", "CONTRACT_CHANGED", "CONTRACT_REMOVED"})
    REQUIRE(store->put(key(name), Secret::copy_of("before")));
}

TEST_CASE("the Secret Service after a restart of its provider", "[.][secret-service-after]") {
  const auto store = open_store();
  CHECK((*store->get(key("CONTRACT_KEPT")))->reveal() == "before");
  REQUIRE(store->put(key("CONTRACT_CHANGED"), Secret::copy_of("after")));
  CHECK((*store->get(key("CONTRACT_CHANGED")))->reveal() == "after");
  CHECK(*store->erase(key("CONTRACT_REMOVED")));
  CHECK(store->list()->size() == 2);
  CHECK(*store->erase(key("CONTRACT_KEPT")));
  CHECK(*store->erase(key("CONTRACT_CHANGED")));
  CHECK(store->list()->empty());
}

TEST_CASE("the Secret Service by address", "[.][secret-service-addresses]") {
  const auto store = open_store();
  REQUIRE(store->put(key("CONTRACT_A"), Secret::copy_of("a")));
  REQUIRE(store->put(key("CONTRACT_B"), Secret::copy_of("b")));
  ItemAddresses* const addresses = store->addresses();
  REQUIRE(addresses != nullptr);
  const std::string a = addresses->address_of(key("CONTRACT_A"));
  const std::string b = addresses->address_of(key("CONTRACT_B"));
  REQUIRE_FALSE(a.empty());
  const auto fresh = open_store();
  const std::vector<std::string> wanted = {b, a + "9999", a};
  const auto values = fresh->addresses()->get_at(wanted);
  REQUIRE(values);
  CHECK((*values)[0]->reveal() == "b");
  CHECK_FALSE((*values)[1].has_value());
  CHECK((*values)[2]->reveal() == "a");
  // An edited registry may hold anything.
  const std::vector<std::string> no_path = {"no path"};
  CHECK_FALSE(fresh->addresses()->get_at(no_path));
  CHECK(*store->erase(key("CONTRACT_A")));
  CHECK(*store->erase(key("CONTRACT_B")));
}

}  // namespace mcpcred::test
