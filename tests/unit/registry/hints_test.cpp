#include "catch.h"
#include "mcpcred/credentials.h"
#include "temp_folder.h"
#include "unit/registry/map_store.h"

namespace mcpcred::test {
namespace {

struct Desk {
  TempFolder folder;
  RegistryFile file{folder.path() + "/state"};
  MapStore store{"secret-service", true};
  Credentials credentials{file, store, nullptr, *parse_timestamp("2026-11-24T05:00:00Z")};
  Credentials::IsKnownVariable known = [](const std::string& name) { return name.ends_with("_TOKEN"); };

  Desk() {
    for (const std::string_view name : {"GITHUB_TOKEN", "SLACK_TOKEN"}) {
      StoreRequest request;
      request.values.push_back({*VariableName::parse(name), Secret::copy_of(std::string("value of ") += name)});
      REQUIRE(credentials.store(std::move(request)));
    }
    store.searches = 0;
  }

  Registry registry() const { return *file.load(); }
  std::string read(std::string_view name) {
    const EntryKey wanted = key(name);
    const auto values = credentials.load_many(registry(), {&wanted, 1});
    REQUIRE(values);
    return values->front() ? std::string(values->front()->reveal()) : "(none)";
  }
};

}  // namespace

TEST_CASE("hints: what was stored is read by its address, without a search") {
  Desk desk;
  CHECK(desk.read("GITHUB_TOKEN") == "value of GITHUB_TOKEN");
  CHECK(desk.read("SLACK_TOKEN") == "value of SLACK_TOKEN");
  CHECK(desk.store.searches == 0);
}

TEST_CASE("hints L5: an address that leads to another item's value is not believed") {
  Desk desk;
  Registry edited = desk.registry();
  ItemHint github = *edited.hint("secret-service", key("GITHUB_TOKEN"));
  const ItemHint slack = *edited.hint("secret-service", key("SLACK_TOKEN"));
  SECTION("the path alone") {
    github.address = slack.address;
  }
  SECTION("path and proof") {
    github.address = slack.address;
    github.proof = slack.proof;
  }
  edited.set_hint(github);
  REQUIRE(desk.file.save(edited));
  CHECK(desk.read("GITHUB_TOKEN") == "value of GITHUB_TOKEN");
  CHECK(desk.store.searches > 0);
  // The search has put it right.
  CHECK(desk.registry().hint("secret-service", key("GITHUB_TOKEN"))->address ==
        desk.store.address_of(key("GITHUB_TOKEN")));
}

TEST_CASE("hints L5: a value that another program changed is found and known again") {
  Desk desk;
  desk.store.items.insert_or_assign(key("SLACK_TOKEN"), Secret::copy_of("changed"));
  CHECK(desk.read("SLACK_TOKEN") == "changed");
  desk.store.searches = 0;
  CHECK(desk.read("SLACK_TOKEN") == "changed");
  CHECK(desk.store.searches == 0);
  desk.store.items.erase(key("SLACK_TOKEN"));
  CHECK(desk.read("SLACK_TOKEN") == "(none)");
}

TEST_CASE("hints: new addresses after a restart of the provider are learnt") {
  Desk desk;
  desk.store.generation = "2";
  CHECK(desk.read("GITHUB_TOKEN") == "value of GITHUB_TOKEN");
  CHECK(desk.store.searches > 0);
  desk.store.searches = 0;
  CHECK(desk.read("GITHUB_TOKEN") == "value of GITHUB_TOKEN");
  CHECK(desk.store.searches == 0);
}

TEST_CASE("hints: an item of another program counts under a name of the catalog, and is seen once") {
  Desk desk;
  desk.store.items.insert_or_assign(key("FIGMA_TOKEN"), Secret::copy_of("by secret-tool"));
  desk.store.items.insert_or_assign(key("password"), Secret::copy_of("of a mail program"));
  const AccountName account = AccountName::default_account();
  const std::vector all = {key("FIGMA_TOKEN"), key("GITHUB_TOKEN"), key("SLACK_TOKEN")};
  CHECK(*desk.credentials.names(desk.registry(), account, desk.known) == all);
  CHECK(desk.store.listings == 1);
  CHECK(*desk.credentials.names(desk.registry(), account, desk.known) == all);
  CHECK(desk.store.listings == 1);
  // What comes later is seen by look_around, which list and check call.
  desk.store.items.insert_or_assign(key("NOTION_TOKEN"), Secret::copy_of("later"));
  CHECK(desk.credentials.look_around(desk.registry(), desk.known)->size() == 2);
  CHECK(desk.credentials.names(desk.registry(), account, desk.known)->size() == 4);
  desk.store.items.erase(key("NOTION_TOKEN"));
  CHECK(desk.credentials.look_around(desk.registry(), desk.known)->size() == 1);
  CHECK(*desk.credentials.names(desk.registry(), account, desk.known) == all);
}

TEST_CASE("hints: deleting a credential forgets where it was") {
  Desk desk;
  const EntryKey gone = key("SLACK_TOKEN");
  REQUIRE(desk.credentials.erase({&gone, 1}, "", {&gone, 1}));
  CHECK(desk.registry().hint("secret-service", gone) == nullptr);
  CHECK(desk.read("SLACK_TOKEN") == "(none)");
}

}  // namespace mcpcred::test
