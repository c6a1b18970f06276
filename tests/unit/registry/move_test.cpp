#include "mcpcred/move.h"

#include <stdexcept>

#include "catch.h"
#include "mcpcred/credentials.h"
#include "temp_folder.h"
#include "unit/registry/map_store.h"

namespace mcpcred::test {
namespace {

struct Removal {
  TempFolder folder;
  RegistryFile file{folder.path() + "/state"};
  MapStore from{"secret-service", true};
  MapStore to{"vault"};
  Timestamp now = *parse_timestamp("2026-11-24T05:00:00Z");

  Removal() {
    Credentials credentials(file, from, nullptr, now);
    for (const std::string_view name : {"ONE_TOKEN", "TWO_TOKEN"}) {
      StoreRequest request;
      request.values.push_back({*VariableName::parse(name), Secret::copy_of(name)});
      request.companions.push_back({"one", "default", "SITE", "example"});
      REQUIRE(credentials.store(std::move(request)));
    }
    REQUIRE(from.put(EntryKey::previous(key("ONE_TOKEN")), Secret::copy_of("former")));
  }

  Registry registry() const { return *file.load(); }
  // What a launch would get from the store that is pinned now, with the seal verified.
  bool releases() {
    SecretStore& pinned = registry().pinned_store == "vault" ? to : from;
    Credentials credentials(file, pinned, nullptr, now);
    const std::vector keys = {key("ONE_TOKEN"), key("TWO_TOKEN")};
    const auto values = credentials.release(registry(), keys);
    return values && (*values)[0] && (*values)[0]->reveal() == "ONE_TOKEN" && (*values)[1] &&
           (*values)[1]->reveal() == "TWO_TOKEN";
  }
};

}  // namespace

TEST_CASE("move: everything is in the new store, nothing in the old one, and the seal holds") {
  Removal home;
  const auto outcome = move_all(home.file, home.from, home.to, true);
  REQUIRE(outcome);
  CHECK(outcome->moved == std::vector{key("ONE_TOKEN"), key("TWO_TOKEN")});
  CHECK(home.from.items.empty());
  CHECK(home.to.items.size() == 4);
  CHECK(home.to.items.at(EntryKey::previous(key("ONE_TOKEN"))).reveal() == "former");
  const Registry after = home.registry();
  CHECK(after.pinned_store == "vault");
  CHECK(after.moved_from.empty());
  CHECK(after.hints.empty());
  CHECK(after.credentials.front().store == "vault");
  CHECK(after.trust.companions.size() == 1);
  CHECK(home.releases());
  CHECK(*Credentials(home.file, home.to, nullptr, home.now).expects_passphrase());
}

TEST_CASE("move: another value in the new store is a conflict, and nothing is changed") {
  Removal home;
  home.to.items.insert_or_assign(key("TWO_TOKEN"), Secret::copy_of("other"));
  const std::string before = format_registry(home.registry());
  const auto outcome = move_all(home.file, home.from, home.to, false);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == ErrorCode::kConflict);
  CHECK(format_registry(home.registry()) == before);
  CHECK(home.to.items.size() == 1);
  CHECK(home.releases());
}

TEST_CASE("move K1: killed at any write, all values stay with the pinned store, and the next move ends it") {
  for (int writes = 0; writes < 4; ++writes) {
    Removal home;
    home.to.puts_until_death = writes;
    CHECK_THROWS_AS(move_all(home.file, home.from, home.to, false), std::runtime_error);
    CHECK(home.registry().pinned_store == "secret-service");
    CHECK(home.releases());
    home.to.puts_until_death = -1;
    REQUIRE(move_all(home.file, home.from, home.to, false));
    CHECK(home.registry().pinned_store == "vault");
    CHECK(home.from.items.empty());
    CHECK(home.releases());
  }
}

TEST_CASE("move: copies that could not be removed are told, and removed by the same command") {
  Removal home;
  home.from.fail_erase = true;
  const auto outcome = move_all(home.file, home.from, home.to, false);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().hint == "to remove them: mcpcred move --to vault");
  CHECK(home.registry().pinned_store == "vault");
  CHECK(home.registry().moved_from == "secret-service");
  CHECK(home.releases());
  home.from.fail_erase = false;
  const auto again = move_all(home.file, home.from, home.to, false);
  REQUIRE(again);
  CHECK(again->finished_earlier);
  CHECK(home.from.items.empty());
  CHECK(home.registry().moved_from.empty());
  CHECK(home.releases());
}

TEST_CASE("move M6: a registry whose seal does not fit is not sealed anew by a move") {
  Removal home;
  Registry edited = home.registry();
  edited.trust.policy = Policy::kOpen;
  REQUIRE(home.file.save(edited));
  const auto outcome = move_all(home.file, home.from, home.to, false);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == ErrorCode::kTampered);
  CHECK(home.to.items.empty());
}

}  // namespace mcpcred::test
