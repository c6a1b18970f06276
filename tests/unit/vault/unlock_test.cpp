// In which order, and with which words, a vault is opened.
#include "helpers.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

/// A vault with a passphrase, and with a key file where that is wanted.
struct Locked : TestVault {
  explicit Locked(std::string_view passphrase, bool with_key_file = false) {
    VaultInit request;
    request.passphrase = secret(passphrase);
    if (with_key_file) request.key_file = key_file;
    Vault vault = open();
    REQUIRE(vault.init(std::move(request)).has_value());
    REQUIRE(vault.put(key_of("A"), secret("value")).has_value());
  }
  Vault answering(std::string_view passphrase) {
    VaultOptions with = options();
    with.ask_passphrase = [this, text = std::string(passphrase)] {
      ++asked;
      return Result<Secret>(secret(text));
    };
    return Vault(with);
  }
  int asked = 0;
};

}  // namespace

TEST_CASE("J1 a wrong passphrase: one error in one wording, asked once only") {
  Locked test("right");
  Vault vault = test.answering("wrong");
  auto first = vault.open();
  REQUIRE_FALSE(first.has_value());
  CHECK(first.error().code == ErrorCode::kDenied);
  CHECK(first.error().message == "the passphrase does not open the vault");
  auto second = vault.get(key_of("A"));
  REQUIRE_FALSE(second.has_value());
  CHECK(second.error().message == first.error().message);
  CHECK(test.asked == 1);

  // A slot of another identity, which the passphrase does open, is told in the same words.
  Locked other("wrong");
  spill(test.data_dir + "/slots/passphrase.age", slurp(other.data_dir + "/slots/passphrase.age"));
  Vault mixed = test.answering("wrong");
  auto third = mixed.open();
  REQUIRE_FALSE(third.has_value());
  CHECK(third.error().code == ErrorCode::kDenied);
  CHECK(third.error().message == first.error().message);
}

TEST_CASE("J1 the right passphrase opens, and is asked for once") {
  Locked test("right");
  Vault vault = test.answering("right");
  CHECK(value_in(vault, key_of("A")) == "value");
  REQUIRE(vault.put(key_of("A"), secret("new")).has_value());
  Vault other = test.answering("right");
  REQUIRE(other.put(key_of("A"), secret("newer")).has_value());
  CHECK(value_in(vault, key_of("A")) == "newer");
  CHECK(test.asked == 2);
  CHECK(vault.status()->unlocked_by == UnlockedBy::kPassphrase);
}

TEST_CASE("J2 passphrases: NUL, non-UTF-8, spaces and 4 KiB are fine; a newline, 4 KiB + 1 and none are not") {
  for (const std::string& text : {std::string("a\0b", 3), std::string("\xff\xfe"), std::string(" p "),
                                  std::string("cr\r"), std::string(4096, 'p')}) {
    Locked test(text);
    Vault vault = test.answering(text);
    CHECK(vault.open().has_value());
    Vault close = test.answering(text.substr(0, text.size() - 1) + "x");
    CHECK(code_of(close.open()) == ErrorCode::kDenied);
  }
  Locked test("right");
  Vault vault = test.answering("right");
  for (const auto& [text, code] :
       {std::pair(std::string("two\nlines"), ErrorCode::kInvalidInput),
        std::pair(std::string(4097, 'p'), ErrorCode::kTooLarge), std::pair(std::string(), ErrorCode::kInvalidInput)}) {
    CHECK(code_of(vault.add_passphrase_slot(secret(text))) == code);
    Vault wrong = test.answering(text);
    CHECK(code_of(wrong.open()) == code);
  }
}

TEST_CASE("J4 nobody to ask: locked at once, with what to type") {
  Locked test("right");
  Vault vault = test.open();
  auto opened = vault.open();
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kLocked);
  CHECK(opened.error().message == "the vault is locked");
  CHECK(opened.error().hint == "mcpcred vault unlock");
  CHECK(code_of(vault.available()) == ErrorCode::kLocked);
  CHECK(test.answering("right").available().has_value());
  CHECK(test.asked == 0);

  // With no slot at all it says so.
  std::filesystem::remove(test.data_dir + "/slots/passphrase.age");
  auto none = vault.open();
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == ErrorCode::kLocked);
  CHECK(none.error().hint.find("MCPCRED_KEY_FILE") != std::string::npos);
}

TEST_CASE("what the person at the prompt answers by an error is passed on") {
  Locked test("right");
  VaultOptions options = test.options();
  options.ask_passphrase = []() -> Result<Secret> { return fail(ErrorCode::kInterrupted, "interrupted"); };
  Vault vault(options);
  CHECK(code_of(vault.open()) == ErrorCode::kInterrupted);
}

TEST_CASE("MCPCRED_KEY_FILE comes first, and is never passed over") {
  Locked test("right", true);
  const std::string mounted = test.folder / "mounted";
  VaultOptions options = test.options();
  options.key_file = mounted;
  options.ask_passphrase = [] { return Result<Secret>(secret("right")); };
  const auto error_of = [&] {
    Vault vault(options);
    auto opened = vault.open();
    REQUIRE_FALSE(opened.has_value());
    return opened.error();
  };
  Error error = error_of();
  CHECK(error.code == ErrorCode::kLocked);
  CHECK(error.message.find(mounted) != std::string::npos);

  spill(mounted, new_identity().to_text("0").reveal(), 0400);
  error = error_of();
  CHECK(error.code == ErrorCode::kDenied);
  CHECK(error.message.find(mounted) != std::string::npos);

  spill(mounted, slurp(test.key_file), 0644);
  CHECK(error_of().code == ErrorCode::kUnsafePermissions);

  spill(mounted, slurp(test.key_file), 0400);
  std::filesystem::remove_all(test.data_dir + "/slots");
  Vault vault(options);
  CHECK(value_in(vault, key_of("A")) == "value");
  CHECK(vault.status()->unlocked_by == UnlockedBy::kKeyFileVariable);
}

TEST_CASE("J10 J12 a key-file slot whose file is gone or unsafe: the next way in, else a message that names it") {
  Locked test("right", true);
  {
    Vault vault = test.open();
    CHECK(value_in(vault, key_of("A")) == "value");
    CHECK(vault.status()->unlocked_by == UnlockedBy::kKeyFileSlot);
  }
  const auto both_ways = [&](std::string_view why) {
    Vault answered = test.answering("right");
    CHECK(value_in(answered, key_of("A")) == "value");
    Vault vault = test.open();
    auto opened = vault.open();
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::kLocked);
    CHECK(opened.error().message.find(test.key_file) != std::string::npos);
    CHECK(opened.error().message.find(why) != std::string::npos);
  };
  REQUIRE(chmod(test.key_file.c_str(), 0644) == 0);
  both_ways("0644");
  CHECK(test.open().status()->key_file_problem.find("0644") != std::string::npos);
  spill(test.key_file, new_identity().to_text("0").reveal(), 0400);
  both_ways("another identity");
  std::filesystem::remove(test.key_file);
  both_ways("not there");
  CHECK(test.open().status()->key_file_problem == "missing");
  CHECK(test.asked == 3);
}

TEST_CASE("a key file of another identity, and no other way in, is denied") {
  TestVault test;
  test.init();
  spill(test.key_file, new_identity().to_text("0").reveal(), 0400);
  Vault vault = test.open();
  auto opened = vault.open();
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kDenied);
  CHECK(opened.error().message.find(test.key_file) != std::string::npos);
}

TEST_CASE("a damaged slot is told as that, and the file is not touched") {
  Locked test("right");
  const std::string slot = test.data_dir + "/slots/passphrase.age";
  std::string damaged = slurp(slot);
  damaged.back() ^= 1;
  spill(slot, damaged);
  Vault vault = test.answering("right");
  auto opened = vault.open();
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kCorrupt);
  CHECK(opened.error().message.find("passphrase slot") != std::string::npos);
  CHECK(slurp(slot) == damaged);
}

TEST_CASE("status asks nobody, and tells what it could not see by saying nothing") {
  Locked test("right");
  Vault vault = test.answering("right");
  auto status = vault.status();
  REQUIRE(status.has_value());
  CHECK(status->initialised);
  CHECK(status->passphrase_slot);
  CHECK(status->generation == 0);
  CHECK(status->unlocked_by == UnlockedBy::kNothing);
  CHECK(test.asked == 0);
  REQUIRE(vault.open().has_value());
  status = vault.status();
  CHECK(status->generation == 2);
  CHECK(status->vault_id == vault.anchor()->id);
  TestVault none;
  Vault absent = none.open();
  CHECK_FALSE(absent.status()->initialised);
}
