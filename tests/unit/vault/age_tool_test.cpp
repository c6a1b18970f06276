// Stock age on one side, our reader and writer on the other.
#include "helpers.h"
#include "vault/age_stream.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

struct Keys {
  TempFolder folder;
  age::Identity identity = new_identity();
  Keys() {
    need_age();
    spill(folder / "key", identity.to_text("0123").reveal(), 0400);
  }
};

const std::size_t kSizes[] = {
    0, 1, 1000, age::kChunkBytes - 1, age::kChunkBytes, age::kChunkBytes + 1, 2 * age::kChunkBytes, 200000};

/// age asks for passphrases at its terminal, so it gets one.
int at_terminal(const std::string& input, const std::string& command) {
  return run("printf '" + input + "' | script -qec \"" + command + "\" /dev/null >/dev/null 2>&1");
}

}  // namespace

TEST_CASE("I18 what stock age encrypts to our identity, we read") {
  Keys keys;
  const std::string other = new_identity().recipient().str();
  for (std::size_t size : kSizes) {
    const std::string text = pattern(size);
    spill(keys.folder / "in", text);
    const std::string in_out = " -o " + (keys.folder / "out") + " " + (keys.folder / "in");
    const std::string mine = keys.identity.recipient().str();
    for (const std::string& options : {"-r " + mine, "-a -r " + mine, "-r " + other + " -r " + mine + " -r " + other}) {
      REQUIRE(run("age " + options + in_out) == 0);
      const auto back = age::decrypt(slurp(keys.folder / "out"), keys.identity);
      REQUIRE(back.has_value());
      CHECK(back->view() == text);
    }
  }
}

TEST_CASE("I18 what we encrypt, stock age reads with our identity file") {
  Keys keys;
  const std::vector<age::Recipient> recipients = {new_identity().recipient(), keys.identity.recipient()};
  for (std::size_t size : kSizes) {
    const std::string text = pattern(size);
    const auto file = age::encrypt(text, recipients);
    REQUIRE(file.has_value());
    spill(keys.folder / "file", *file);
    // Not by -o: age makes no file for an empty content.
    REQUIRE(run("age -d -i " + (keys.folder / "key") + " " + (keys.folder / "file") + " >" + (keys.folder / "out")) ==
            0);
    CHECK(slurp(keys.folder / "out") == text);
  }
}

TEST_CASE("age-keygen reads our identity text, and we read its") {
  Keys keys;
  REQUIRE(run("age-keygen -y " + (keys.folder / "key") + " >" + (keys.folder / "out")) == 0);
  CHECK(slurp(keys.folder / "out") == keys.identity.recipient().str() + "\n");
  REQUIRE(run("age-keygen -o " + (keys.folder / "stock") + " 2>/dev/null") == 0);
  const auto stock = age::Identity::parse(slurp(keys.folder / "stock"));
  REQUIRE(stock.has_value());
  CHECK(slurp(keys.folder / "stock").find(stock->recipient().str()) != std::string::npos);
}

TEST_CASE("I18 passphrase files go both ways") {
  Keys keys;
  if (run("command -v script >/dev/null") != 0) FAIL("script (util-linux) is not installed; scripts/test installs it");
  spill(keys.folder / "in", "content");
  REQUIRE(at_terminal("two words\\ntwo words\\n",
                      "age -p -o " + (keys.folder / "stock") + " " + (keys.folder / "in")) == 0);
  CHECK(age::decrypt_with_passphrase(slurp(keys.folder / "stock"), secret("two words"))->view() == "content");
  CHECK(code_of(age::decrypt_with_passphrase(slurp(keys.folder / "stock"), secret("two word"))) == ErrorCode::kDenied);

  const auto ours = age::encrypt_with_passphrase("ours", secret("two words"), 12);
  REQUIRE(ours.has_value());
  spill(keys.folder / "ours", *ours);
  REQUIRE(at_terminal("two words\\n", "age -d -o " + (keys.folder / "out") + " " + (keys.folder / "ours")) == 0);
  CHECK(slurp(keys.folder / "out") == "ours");
}

TEST_CASE("I18 a vault of ours is JSON lines to stock age, a file of stock age is no vault to us") {
  TestVault test;
  test.init();
  need_age();
  Vault vault = test.open();
  REQUIRE(vault.put(key_of("GITHUB_TOKEN"), secret("synthetic \"value\"")).has_value());
  REQUIRE(run("age -d -i " + test.key_file + " -o " + (test.folder / "out") + " " + test.path) == 0);
  const std::string text = slurp(test.folder / "out");
  CHECK(text.find("\"name\":\"GITHUB_TOKEN\",\"account\":\"default\",\"value\":\"synthetic \\\"value\\\"\"") !=
        std::string::npos);
  CHECK(text.size() % 4096 == 0);

  // Re-encrypted by stock age, the same lines are still authentic: they were written by a holder of the identity.
  const std::string recipient = test.identity().recipient().str();
  REQUIRE(run("age -r " + recipient + " -o " + (test.folder / "again") + " " + (test.folder / "out")) == 0);
  spill(test.path, slurp(test.folder / "again"));
  CHECK(value_in(vault, key_of("GITHUB_TOKEN")) == "synthetic \"value\"");

  // Changed lines are not.
  std::string changed = text;
  changed.replace(changed.find("synthetic"), 9, "malicious");
  spill(test.folder / "out", changed);
  REQUIRE(run("age -r " + recipient + " -o " + (test.folder / "forged") + " " + (test.folder / "out")) == 0);
  spill(test.path, slurp(test.folder / "forged"));
  CHECK(code_of(vault.get(key_of("GITHUB_TOKEN"))) == ErrorCode::kTampered);
  spill(test.folder / "out", "no vault at all\n");
  REQUIRE(run("age -r " + recipient + " -o " + (test.folder / "forged") + " " + (test.folder / "out")) == 0);
  spill(test.path, slurp(test.folder / "forged"));
  CHECK(code_of(vault.get(key_of("GITHUB_TOKEN"))) == ErrorCode::kCorrupt);
}
