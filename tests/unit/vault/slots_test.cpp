// Ways in and recovery recipients.
#include "helpers.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

bool opens_with(const TestVault& test, std::string_view passphrase) {
  VaultOptions options = test.options();
  options.ask_passphrase = [text = std::string(passphrase)] { return Result<Secret>(secret(text)); };
  Vault vault(options);
  return vault.open().has_value();
}

std::size_t stanzas_of(const std::string& file) {
  std::size_t count = 0;
  for (std::size_t at = file.find("\n-> "); at != std::string::npos; at = file.find("\n-> ", at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("passphrase slot: added, replaced, removed") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  REQUIRE(vault.add_passphrase_slot(secret("one")).has_value());
  CHECK(mode_of(test.data_dir + "/slots/passphrase.age") == 0600);
  REQUIRE(vault.add_passphrase_slot(secret("two")).has_value());
  CHECK(*vault.remove_passphrase_slot() == true);
  CHECK(*vault.remove_passphrase_slot() == false);
  REQUIRE(vault.add_passphrase_slot(secret("three")).has_value());
  std::filesystem::remove(test.key_file);
  CHECK(opens_with(test, "three"));
  CHECK_FALSE(opens_with(test, "two"));
  CHECK_FALSE(opens_with(test, "one"));
}

TEST_CASE("key-file slot: added to a vault with a passphrase, and removed, the file staying") {
  TestVault test;
  VaultInit request;
  request.passphrase = secret("one");
  Vault vault = test.open();
  REQUIRE(vault.init(std::move(request)).has_value());
  CHECK(code_of(vault.add_key_file_slot(test.data_dir + "/key", false)) == ErrorCode::kRefused);
  REQUIRE(vault.add_key_file_slot(test.key_file, false).has_value());
  CHECK(mode_of(test.key_file) == 0400);
  CHECK(test.open().status()->unlocked_by == UnlockedBy::kKeyFileSlot);
  // An existing file of the same identity is used; one of another stays, and the slot with it.
  REQUIRE(vault.add_key_file_slot(test.key_file, false).has_value());
  const std::string other = test.folder / "other";
  spill(other, new_identity().to_text("0").reveal(), 0400);
  CHECK(code_of(vault.add_key_file_slot(other, false)) == ErrorCode::kConflict);
  CHECK(vault.status()->key_file_slot == test.key_file);
  CHECK(*vault.remove_key_file_slot() == true);
  CHECK(*vault.remove_key_file_slot() == false);
  CHECK(std::filesystem::exists(test.key_file));
  Vault locked = test.open();
  CHECK(code_of(locked.open()) == ErrorCode::kLocked);
}

TEST_CASE("the last way in is never removed, and one that does not work counts as none") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  CHECK(code_of(vault.remove_key_file_slot()) == ErrorCode::kRefused);
  REQUIRE(vault.add_passphrase_slot(secret("one")).has_value());
  for (const std::string& text : {std::string("no key\n"), std::string(new_identity().to_text("0").reveal())}) {
    const std::string good = slurp(test.key_file);
    spill(test.key_file, text, 0400);
    CHECK(code_of(vault.remove_passphrase_slot()) == ErrorCode::kRefused);
    spill(test.key_file, good, 0400);
  }
  REQUIRE(chmod(test.key_file.c_str(), 0644) == 0);
  CHECK(code_of(vault.remove_passphrase_slot()) == ErrorCode::kRefused);
  CHECK(opens_with(test, "one"));
  CHECK(*vault.remove_key_file_slot() == true);
  CHECK(code_of(vault.remove_passphrase_slot()) == ErrorCode::kRefused);
  CHECK(opens_with(test, "one"));
}

TEST_CASE("a recipient can read with its own identity, and cannot write") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  REQUIRE(vault.put(key_of("A"), secret("value")).has_value());
  const auto other = new_identity();
  CHECK(code_of(age::decrypt(slurp(test.path), other)) == ErrorCode::kDenied);
  REQUIRE(vault.add_recipient(other.recipient().str()).has_value());
  CHECK(vault.status()->recipients == std::vector<std::string>{other.recipient().str()});
  const auto text = age::decrypt(slurp(test.path), other);
  REQUIRE(text.has_value());
  CHECK(text->view().find("\"value\":\"value\"") != std::string_view::npos);
  // To us it is no vault under that identity: the code in its last line is of another key.
  CHECK(code_of(open_vault_bytes(slurp(test.path), other, {})) == ErrorCode::kTampered);
  // Later writes keep it.
  REQUIRE(vault.put(key_of("A"), secret("newer")).has_value());
  CHECK(age::decrypt(slurp(test.path), other).has_value());

  CHECK(*vault.remove_recipient(other.recipient().str()) == true);
  CHECK(*vault.remove_recipient(other.recipient().str()) == false);
  CHECK(code_of(age::decrypt(slurp(test.path), other)) == ErrorCode::kDenied);
  CHECK(value_in(vault, key_of("A")) == "newer");
}

TEST_CASE("recipients: at most eight, each once, only proper ones") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  const std::string first = new_identity().recipient().str();
  REQUIRE(vault.add_recipient(first).has_value());
  CHECK(code_of(vault.add_recipient(first)) == ErrorCode::kConflict);
  CHECK(code_of(vault.add_recipient(test.identity().recipient().str())) == ErrorCode::kConflict);
  CHECK(code_of(vault.add_recipient("age1")) == ErrorCode::kInvalidInput);
  for (int i = 1; i < 8; ++i) REQUIRE(vault.add_recipient(new_identity().recipient().str()).has_value());
  CHECK(code_of(vault.add_recipient(new_identity().recipient().str())) == ErrorCode::kTooLarge);
  CHECK(stanzas_of(slurp(test.path)) == 9);
  CHECK(test.open().open().has_value());
}
