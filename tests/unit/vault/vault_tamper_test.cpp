// Whoever can change the file, but has not the identity.
#include <set>

#include "helpers.h"
#include "vault/age_header.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

struct Small : TestVault {
  Small() {
    init();
    Vault vault = open();
    REQUIRE(vault.put(key_of("A"), secret("value")).has_value());
    file = slurp(path);
  }
  std::string file;
};

bool opens(std::string_view file, const age::Identity& identity) {
  return open_vault_bytes(file, identity, {}).has_value();
}

}  // namespace

TEST_CASE("I1 every single flipped bit is refused") {
  const Small test;
  const auto identity = test.identity();
  REQUIRE(opens(test.file, identity));
  std::string file = test.file;
  std::size_t accepted = 0;
  for (std::size_t i = 0; i < file.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      file[i] = static_cast<char>(file[i] ^ (1 << bit));
      accepted += opens(file, identity) ? 1U : 0U;
      file[i] = test.file[i];
    }
  }
  CHECK(accepted == 0);
  CHECK(opens(file, identity));
}

TEST_CASE("I2 I3 a vault cut at any length, or with anything behind it, is refused") {
  const Small test;
  const auto identity = test.identity();
  std::size_t accepted = 0;
  for (std::size_t size = 0; size < test.file.size(); ++size) {
    accepted += opens(std::string_view(test.file).substr(0, size), identity) ? 1U : 0U;
  }
  CHECK(accepted == 0);
  for (const std::string& more :
       {std::string("x"), std::string("\n"), std::string(16, '\0'), std::string(70000, 'x'), test.file}) {
    CHECK_FALSE(opens(test.file + more, identity));
  }
}

TEST_CASE("I11 a vault made by somebody who knows only the recipient is refused") {
  Small test;
  Vault vault = test.open();
  const auto identity = test.identity();
  const auto content = open_vault_bytes(test.file, identity, {});
  const age::Recipient recipient = identity.recipient();
  const auto forger = new_identity();
  VaultHeader header = content->header;
  header.generation += 1;
  const auto text = format_vault_text(header, {content->records[0].line}, vault_auth_key(forger, header.vault_id));
  spill(test.path, *age::encrypt(text->view(), {&recipient, 1}));
  CHECK(code_of(vault.open()) == ErrorCode::kTampered);
  CHECK(code_of(vault.get(key_of("A"))) == ErrorCode::kTampered);
  CHECK(code_of(vault.put(key_of("A"), secret("new"))) == ErrorCode::kTampered);
  CHECK(open_vault_bytes(slurp(test.path), identity, {}).has_value() == false);
}

TEST_CASE("I12 another vault of the same identity is refused where the id is known") {
  Small first;
  TestVault second;
  std::filesystem::copy_file(first.key_file, second.key_file);
  second.init();
  Vault vault = first.open();
  REQUIRE(vault.open().has_value());
  const StoreAnchor anchor = *vault.anchor();
  spill(first.path, slurp(second.path));
  CHECK(code_of(vault.open()) == ErrorCode::kTampered);
  VaultOptions options = first.options();
  options.anchor = anchor;
  Vault fresh(options);
  CHECK(code_of(fresh.open()) == ErrorCode::kTampered);
}

TEST_CASE("I13 an older generation put back is noticed, by the same handle and by the anchor") {
  Small test;
  Vault vault = test.open();
  REQUIRE(vault.put(key_of("A"), secret("newer")).has_value());
  const StoreAnchor anchor = *vault.anchor();
  spill(test.path, test.file);
  CHECK(code_of(vault.get(key_of("A"))) == ErrorCode::kRolledBack);
  CHECK(code_of(vault.put(key_of("A"), secret("x"))) == ErrorCode::kRolledBack);
  CHECK(slurp(test.path) == test.file);
  VaultOptions options = test.options();
  options.anchor = anchor;
  Vault fresh(options);
  auto opened = fresh.open();
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kRolledBack);
  CHECK(opened.error().hint.find("mcpcred vault recover") != std::string::npos);
}

TEST_CASE("I13 a newer generation than the anchor's is fine: the registry may have been slower") {
  Small test;
  VaultOptions options = test.options();
  Vault vault = test.open();
  REQUIRE(vault.open().has_value());
  options.anchor = *vault.anchor();
  options.anchor.generation = 1;
  Vault fresh(options);
  CHECK(fresh.open().has_value());
}

TEST_CASE("I15 a vault of a newer version is refused and its file left alone") {
  Small test;
  const auto identity = test.identity();
  const age::Recipient recipient = identity.recipient();
  std::string text(open_vault_bytes(test.file, identity, {})->text.view());
  text.replace(text.find("\"v\":1"), 5, "\"v\":2");
  const std::string newer = *age::encrypt(text, {&recipient, 1});
  spill(test.path, newer);
  Vault vault = test.open();
  CHECK(code_of(vault.open()) == ErrorCode::kNewerVersion);
  CHECK(code_of(vault.put(key_of("A"), secret("x"))) == ErrorCode::kNewerVersion);
  CHECK(slurp(test.path) == newer);
}

TEST_CASE("I16 a vault over the size limit is refused before it is read") {
  Small test;
  REQUIRE(truncate(test.path.c_str(), 64 * 1024 * 1024) == 0);
  Vault vault = test.open();
  CHECK(code_of(vault.open()) == ErrorCode::kTooLarge);
}

TEST_CASE("I17 no write shares an ephemeral key, a wrapped file key or a nonce with another") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  std::set<std::string> shares;
  std::set<std::string> bodies;
  std::set<std::string> nonces;
  constexpr std::size_t kWrites = 300;
  for (std::size_t i = 0; i < kWrites; ++i) {
    REQUIRE(vault.put(key_of("A"), secret("always the same")).has_value());
    const std::string file = slurp(test.path);
    const auto header = age::parse_header(file);
    REQUIRE(header.has_value());
    shares.insert(header->stanzas[0].args[1]);
    bodies.insert(header->stanzas[0].body);
    nonces.insert(file.substr(header->size, 16));
  }
  CHECK(shares.size() == kWrites);
  CHECK(bodies.size() == kWrites);
  CHECK(nonces.size() == kWrites);
}

TEST_CASE("an armored vault is no vault: the file has one spelling") {
  Small test;
  need_age();
  const std::string recipient = test.identity().recipient().str();
  const auto content = open_vault_bytes(test.file, test.identity(), {});
  spill(test.folder / "text", content->text.view());
  REQUIRE(run("age -a -r " + recipient + " -o " + (test.folder / "armored") + " " + (test.folder / "text")) == 0);
  CHECK(age::decrypt(slurp(test.folder / "armored"), test.identity()).has_value());
  CHECK(code_of(open_vault_bytes(slurp(test.folder / "armored"), test.identity(), {})) == ErrorCode::kCorrupt);
}
