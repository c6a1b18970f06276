#include <nlohmann/json.hpp>

#include "catch.h"
#include "cli/harness.h"

namespace mcpcred::test {
namespace {

using nlohmann::json;

const std::string kVault = CliHome::vault_file();
const std::string kData = "home/" + std::string(kDataFolder);

}  // namespace

TEST_CASE("vault init: needs a way in, never overwrites, and pins the store") {
  CliHome home;
  CHECK(home.run({"vault", "init"}).code == 2);
  home.make_vault();
  const std::string before = home.read(kVault);
  CHECK(home.run({"vault", "init", "--key-file", home.path("other")}).code == 6);
  CHECK(home.read(kVault) == before);
  CHECK_FALSE(std::filesystem::exists(home.path("other")));
  const json status = json::parse(home.run({"vault", "status", "--json"}).out);
  CHECK(status["initialised"] == true);
  CHECK(status["opened_by"] == "key file");
  CHECK(status["generation"] == status["highest_generation_seen"]);
}

TEST_CASE("vault: a passphrase is asked for twice at init and once a command") {
  CliHome home;
  home.terminal = true;
  home.answers = {"one", "two"};
  CHECK(home.run({"vault", "init", "--passphrase"}).code == 2);
  CHECK_FALSE(std::filesystem::exists(home.path(kVault)));
  home.standard_input = "made-up passphrase\n";
  REQUIRE(home.run({"vault", "init", "--passphrase-stdin"}).code == 0);
  home.answers = {"made-up passphrase"};
  REQUIRE(home.store("SOME_TOKEN", "x").code == 0);
  home.answers = {"wrong"};
  const Ran wrong = home.run({"load", "SOME_TOKEN"});
  CHECK(wrong.code == 4);
  CHECK(wrong.out.empty());
  home.terminal = false;
  const Ran locked = home.run({"load", "SOME_TOKEN"});
  CHECK(locked.code == 4);
  CHECK(says(locked.err, "mcpcred vault unlock"));
  CHECK(home.run({"list"}).code == 0);  // neither needs the vault open
  CHECK(home.run({"check"}).code == 0);
}

TEST_CASE("vault: MCPCRED_KEY_FILE opens it, and a wrong one is told") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("SOME_TOKEN", "x").code == 0);
  std::filesystem::rename(home.path("key"), home.path("moved"));
  CHECK(home.run({"load", "SOME_TOKEN"}).code == 4);
  home.environment["MCPCRED_KEY_FILE"] = home.path("moved");
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "x");
  home.environment["MCPCRED_KEY_FILE"] = home.path("absent");
  const Ran absent = home.run({"load", "SOME_TOKEN"});
  CHECK(absent.code != 0);
  CHECK(says(absent.err, "absent"));
}

TEST_CASE("vault slot: the last way in stays, others come and go") {
  CliHome home;
  home.make_vault();
  CHECK(home.run({"vault", "slot", "remove", "key-file", "--yes"}).code == 4);
  home.standard_input = "made-up passphrase";
  REQUIRE(home.run({"vault", "slot", "add", "passphrase", "--passphrase-stdin"}).code == 0);
  // From here on an open vault is not enough: whoever changes the ways in has to know the passphrase.
  CHECK(home.run({"vault", "slot", "remove", "key-file", "--yes"}).code == 4);
  home.standard_input = "of somebody else";
  CHECK(home.run({"vault", "slot", "add", "passphrase", "--passphrase-stdin"}).code == 4);
  CHECK(home.run({"vault", "slot", "add", "key-file", home.path("evil")}).code == 4);
  home.terminal = true;
  home.answers = {"yes", "wrong"};
  CHECK(home.run({"vault", "slot", "remove", "key-file"}).code == 4);
  home.answers = {"yes", "made-up passphrase"};
  REQUIRE(home.run({"vault", "slot", "remove", "key-file"}).code == 0);
  home.answers = {"made-up passphrase"};
  CHECK(home.store("SOME_TOKEN", "x").code == 0);
  home.answers = {"made-up passphrase", "yes", "made-up passphrase"};
  REQUIRE(home.run({"vault", "slot", "add", "key-file", home.path("second")}).code == 0);
  home.terminal = false;
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "x");
  CHECK(home.run({"vault", "slot", "add", "nonsense"}).code == 2);
}

TEST_CASE("vault I13: an older vault put back is refused, and a person may go back on purpose") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("SOME_TOKEN", "first").code == 0);
  const std::string older = home.read(kVault);
  REQUIRE(home.store("SOME_TOKEN", "second", {"--replace"}).code == 0);
  const std::string newest = home.read(kVault);
  home.write(kVault, older);
  const Ran rolled_back = home.run({"load", "SOME_TOKEN"});
  CHECK(rolled_back.code == 6);
  CHECK(rolled_back.out.empty());
  home.write(kVault, newest);
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "second");
  CHECK(home.run({"vault", "recover", "--yes"}).code == 4);
  home.terminal = true;
  home.answers = {"yes"};
  REQUIRE(home.run({"vault", "recover"}).code == 0);
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "first");
  CHECK(home.store("SOME_TOKEN", "third", {"--replace"}).code == 0);
}

TEST_CASE("vault: a damaged, missing or older vault with a key file can be recovered by its owner") {
  const auto recovered = [](auto damage) {
    CliHome home;
    home.make_vault();
    REQUIRE(home.store("SOME_TOKEN", "first").code == 0);
    const std::string older = home.read(kVault);
    REQUIRE(home.store("OTHER_TOKEN", "x").code == 0);
    damage(home, older);
    const Ran before = home.run({"load", "SOME_TOKEN"});
    CHECK(before.code == 6);
    CHECK(says(before.err, "mcpcred vault recover"));
    home.terminal = true;
    home.answers = {"yes"};
    const Ran recover = home.run({"vault", "recover"});
    INFO(recover.err);
    CHECK(recover.code == 0);
    CHECK(home.run({"load", "SOME_TOKEN"}).out == "first");
    CHECK(home.store("THIRD_TOKEN", "x").code == 0);
  };
  recovered([](CliHome& home, const std::string&) { std::filesystem::resize_file(home.path(kVault), 100); });
  recovered([](CliHome& home, const std::string&) { std::filesystem::remove(home.path(kVault)); });
  recovered([](CliHome& home, const std::string& older) { home.write(kVault, older); });
}

TEST_CASE("vault: a passphrase slot that was moved away does not make a person's yes enough") {
  CliHome home;
  home.standard_input = "made-up passphrase";
  home.make_vault({"--passphrase-stdin"});
  home.terminal = true;
  const std::string slot = home.path(kData + "/slots/passphrase.age");
  std::filesystem::rename(slot, home.path("hidden"));
  home.answers = {"yes"};
  const Ran hidden = home.run({"policy", "open"});
  CHECK(hidden.code == 6);
  std::filesystem::rename(home.path("hidden"), slot);
  home.answers = {"yes", "wrong"};
  CHECK(home.run({"policy", "open"}).code == 4);
  home.answers = {"yes", "made-up passphrase"};
  CHECK(home.run({"policy", "open"}).code == 0);
}

TEST_CASE("vault init: one that was stopped half way is finished, with its policy") {
  CliHome begun;
  // The vault's file without our keys in it is what a kill leaves.
  VaultOptions options;
  options.data_dir = begun.path(kData);
  std::filesystem::create_directories(std::filesystem::path(begun.path(kData)).parent_path());
  Vault vault(options);
  REQUIRE(vault.init({begun.path("key"), std::nullopt, false}));
  const Ran store = begun.store("SOME_TOKEN", "x");
  CHECK(store.code == 6);
  CHECK(says(store.err, "mcpcred vault init"));
  CHECK(begun.run({"vault", "init", "--key-file", begun.path("key"), "--policy", "strict"}).code == 0);
  CHECK(says(begun.run({"policy"}).out, "strict"));
  CHECK(begun.store("SOME_TOKEN", "x").code == 0);
}

TEST_CASE("vault: another vault in this one's place is refused") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("SOME_TOKEN", "x").code == 0);
  CliHome other;
  other.make_vault();
  home.write(kVault, other.read(kVault));
  CHECK(home.run({"load", "SOME_TOKEN"}).code != 0);
  home.environment["MCPCRED_KEY_FILE"] = other.path("key");
  CHECK(home.run({"load", "SOME_TOKEN"}).code == 6);
}

TEST_CASE("vault: a vault that is gone is not replaced in silence") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("SOME_TOKEN", "x").code == 0);
  // Not the folder as a whole: on Windows the registry lies in it.
  for (const char* name : {"vault.age", "vault.age.prev", "slots", "lock"})
    std::filesystem::remove_all(home.path(kData + "/" + name));
  const Ran load = home.run({"load", "SOME_TOKEN"});
  CHECK(load.code == 5);
  CHECK(home.run({"vault", "init", "--key-file", home.path("key")}).code == 4);
  CHECK(home.run({"vault", "init", "--key-file", home.path("key"), "--yes"}).code == 0);
  CHECK(home.run({"load", "SOME_TOKEN"}).code == 3);
}

TEST_CASE("vault recipient: only a person adds a reader") {
  CliHome home;
  home.make_vault();
  const std::string recipient = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
  CHECK(home.run({"vault", "recipient", "add", recipient, "--yes"}).code == 4);
  home.terminal = true;
  home.answers = {"yes"};
  REQUIRE(home.run({"vault", "recipient", "add", recipient}).code == 0);
  CHECK(home.run({"vault", "recipient", "list"}).out == recipient + "\n");
  CHECK(home.run({"vault", "recipient", "remove", recipient}).code == 0);
  CHECK(home.run({"vault", "recipient", "remove", recipient}).code == 3);
}

}  // namespace mcpcred::test
