// The vault as a store: what goes in comes out, for every handle.
#include "mcpcred/vault.h"

#include "helpers.h"

using namespace mcpcred;
using namespace mcpcred::testing;

TEST_CASE("vault: missing, stored, replaced, erased twice") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  const EntryKey key = key_of("GITHUB_TOKEN");
  CHECK(value_in(vault, key) == "(none)");
  REQUIRE(vault.put(key, secret("first")).has_value());
  CHECK(value_in(vault, key) == "first");
  REQUIRE(vault.put(key, secret("second, longer than the first")).has_value());
  CHECK(value_in(vault, key) == "second, longer than the first");
  CHECK(value_in(vault, key_of("GITHUB_TOKEN", "work")) == "(none)");
  CHECK(*vault.erase(key) == true);
  CHECK(*vault.erase(key) == false);
  CHECK(value_in(vault, key) == "(none)");
}

TEST_CASE("vault: values of any bytes and of 64 KiB, no longer and no empty ones") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  const EntryKey key = key_of("VALUE");
  for (const std::string& value :
       {std::string("a\0b", 3), std::string("\xff\xfe\x00\x80", 4), std::string("line\n"), std::string(" \t "),
        std::string(kMaxSecretBytes, '"'), std::string(kMaxSecretBytes, '\xff')}) {
    REQUIRE(vault.put(key, secret(value)).has_value());
    Vault second = test.open();
    CHECK(value_in(second, key) == value);
  }
  const std::string kept = value_in(vault, key);
  CHECK(code_of(vault.put(key, Secret())) == ErrorCode::kInvalidInput);
  CHECK(code_of(vault.put(key, secret(std::string(kMaxSecretBytes + 1, 'x')))) == ErrorCode::kTooLarge);
  CHECK(value_in(vault, key) == kept);
}

TEST_CASE("vault: all keys sorted, hidden ones too, each with its own value") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  const std::vector<EntryKey> keys = {key_of("B"), key_of("A", "work"), EntryKey::keys(), key_of("A"),
                                      EntryKey::previous(key_of("B"))};
  for (const EntryKey& key : keys) REQUIRE(vault.put(key, secret(key.variable() + key.account())).has_value());
  std::vector<EntryKey> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  CHECK(*vault.keys() == sorted);
  Vault second = test.open();
  CHECK(*second.keys() == sorted);
  for (const EntryKey& key : keys) CHECK(value_in(second, key) == key.variable() + key.account());
}

TEST_CASE("vault: a second handle sees the write, and writes on top of it") {
  TestVault test;
  test.init();
  Vault first = test.open();
  Vault second = test.open();
  REQUIRE(first.open().has_value());
  REQUIRE(second.open().has_value());
  for (int i = 0; i < 5; ++i) {
    const std::string value = std::to_string(i);
    REQUIRE(first.put(key_of("FIRST"), secret(value)).has_value());
    CHECK(value_in(second, key_of("FIRST")) == value);
    REQUIRE(second.put(key_of("SECOND"), secret(value)).has_value());
    CHECK(value_in(first, key_of("SECOND")) == value);
    CHECK(value_in(first, key_of("FIRST")) == value);
  }
  CHECK(first.anchor()->generation == 11);
  CHECK(first.anchor()->id == second.anchor()->id);
}

TEST_CASE("vault: the anchor is that of the last state read or written") {
  TestVault test;
  Vault vault = test.open();
  CHECK_FALSE(vault.anchor().has_value());
  test.init();
  REQUIRE(vault.open().has_value());
  CHECK(vault.anchor()->generation == 1);
  CHECK(vault.anchor()->id.size() == 32);
  REQUIRE(vault.put(key_of("A"), secret("1")).has_value());
  CHECK(vault.anchor()->generation == 2);
  CHECK(*vault.erase(key_of("B")) == false);
  CHECK(vault.anchor()->generation == 2);
}

TEST_CASE("vault: what a later version wrote is kept on rewrite") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  REQUIRE(vault.put(key_of("A"), secret("1")).has_value());
  const auto identity = test.identity();
  auto content = open_vault_bytes(slurp(test.path), identity, {});
  REQUIRE(content.has_value());
  VaultHeader header = content->header;
  header.generation += 1;
  header.others = R"(,"audit":{"h":"00","seq":4})";
  const std::string later = R"({"t":"later","anything":[1,2,3],"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV"})"
                            "\n";
  const auto text =
      format_vault_text(header, {content->records[0].line, later}, vault_auth_key(identity, header.vault_id));
  const age::Recipient recipient = identity.recipient();
  spill(test.path, *age::encrypt(text->view(), {&recipient, 1}));

  REQUIRE(vault.put(key_of("A"), secret("2")).has_value());
  const auto after = open_vault_bytes(slurp(test.path), identity, {});
  REQUIRE(after.has_value());
  CHECK(after->text.view().find(later) != std::string_view::npos);
  CHECK(after->header.others == header.others);
  CHECK(after->records.size() == 2);
}

TEST_CASE("vault: a full one refuses the next value and keeps what it has") {
  TestVault test;
  test.init();
  // Six bytes each in JSON; the file's limit is 8 MiB.
  const std::string large(kMaxSecretBytes, '\x01');
  std::vector<Secret> lines;
  std::vector<std::string_view> views;
  for (int i = 0; i < 21; ++i) {
    lines.push_back(format_vault_entry(key_of("LARGE_" + std::to_string(i)), new_record_id(), secret(large),
                                       "2026-11-24T05:00:00Z", "2026-11-24T05:00:00Z"));
    views.push_back(lines.back().reveal());
  }
  const auto identity = test.identity();
  const VaultHeader header = open_vault_bytes(slurp(test.path), identity, {})->header;
  const age::Recipient recipient = identity.recipient();
  const auto text = format_vault_text(header, views, vault_auth_key(identity, header.vault_id));
  const std::string file = *age::encrypt(text->view(), {&recipient, 1});
  spill(test.path, file);

  Vault vault = test.open();
  CHECK(code_of(vault.put(key_of("ONE_MORE"), secret(large))) == ErrorCode::kTooLarge);
  CHECK(slurp(test.path) == file);
  CHECK(value_in(vault, key_of("LARGE_20")) == large);
  CHECK(vault.put(key_of("SMALL"), secret("small")).has_value());
}

TEST_CASE("vault: 4096 records and no more") {
  TestVault test;
  test.init();
  std::vector<Secret> lines;
  std::vector<std::string_view> views;
  for (std::size_t i = 0; i < kMaxVaultRecords; ++i) {
    lines.push_back(format_vault_entry(key_of("NAME_" + std::to_string(i)), new_record_id(), secret("x"),
                                       "2026-11-24T05:00:00Z", "2026-11-24T05:00:00Z"));
    views.push_back(lines.back().reveal());
  }
  const auto identity = test.identity();
  const VaultHeader header = open_vault_bytes(slurp(test.path), identity, {})->header;
  const age::Recipient recipient = identity.recipient();
  const auto text = format_vault_text(header, views, vault_auth_key(identity, header.vault_id));
  spill(test.path, *age::encrypt(text->view(), {&recipient, 1}));
  Vault vault = test.open();
  CHECK(vault.keys()->size() == kMaxVaultRecords);
  CHECK(code_of(vault.put(key_of("ONE_MORE"), secret("x"))) == ErrorCode::kTooLarge);
  CHECK(vault.put(key_of("NAME_0"), secret("replaced")).has_value());
  CHECK(value_in(vault, key_of("NAME_0")) == "replaced");
}
