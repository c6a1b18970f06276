#include "helpers.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

/// Generations 2 and 3 hold "two" and "three"; the one before is kept.
struct Three : TestVault {
  Three() {
    init();
    Vault vault = open();
    REQUIRE(vault.put(key_of("A"), secret("two")).has_value());
    second = slurp(path);
    REQUIRE(vault.put(key_of("A"), secret("three")).has_value());
    anchor = *vault.anchor();
  }
  std::string second;
  StoreAnchor anchor;
  std::string previous() const { return path + ".prev"; }
  Vault anchored() const {
    VaultOptions with = options();
    with.anchor = anchor;
    return Vault(with);
  }
};

}  // namespace

TEST_CASE("the previous generation is kept, encrypted as it was") {
  Three test;
  CHECK(slurp(test.previous()) == test.second);
  const auto content = open_vault_bytes(slurp(test.path), test.identity(), {});
  REQUIRE(content.has_value());
  CHECK(content->header.previous == hex_encode(sha256(test.second)));
}

TEST_CASE("recover: back from a damaged vault, as a generation above all that was seen") {
  Three test;
  spill(test.path, test.second.substr(0, 500));
  Vault vault = test.anchored();
  auto opened = vault.open();
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kCorrupt);
  CHECK(opened.error().hint.find("mcpcred vault recover") != std::string::npos);
  const auto back = vault.recover();
  REQUIRE(back.has_value());
  CHECK(*back == 2);
  CHECK(value_in(vault, key_of("A")) == "two");
  CHECK(vault.anchor()->generation == 4);
  CHECK(slurp(test.previous()) == test.second);
  CHECK(slurp(test.path + ".before-recover") == test.second.substr(0, 500));
  Vault fresh = test.anchored();
  CHECK(value_in(fresh, key_of("A")) == "two");
}

TEST_CASE("recover: back from a whole vault undoes the last write") {
  Three test;
  Vault vault = test.anchored();
  CHECK(*vault.recover() == 2);
  CHECK(value_in(vault, key_of("A")) == "two");
  CHECK(vault.anchor()->generation == 4);
}

TEST_CASE("recover: a vault that is missing while its predecessor is there") {
  Three test;
  std::filesystem::remove(test.path);
  Vault vault = test.anchored();
  CHECK(vault.initialised());
  CHECK(code_of(vault.open()) == ErrorCode::kCorrupt);
  VaultInit request;
  request.key_file = test.key_file;
  CHECK(code_of(vault.init(std::move(request))) == ErrorCode::kConflict);
  CHECK(*vault.recover() == 2);
  CHECK(value_in(vault, key_of("A")) == "two");
}

TEST_CASE("O7 recover: an older vault that was put back on purpose is accepted as it is") {
  Three test;
  spill(test.path, test.second);
  std::filesystem::remove(test.previous());
  Vault vault = test.anchored();
  CHECK(code_of(vault.open()) == ErrorCode::kRolledBack);
  CHECK(*vault.recover() == 2);
  CHECK(value_in(vault, key_of("A")) == "two");
  CHECK(vault.anchor()->generation == 4);
}

TEST_CASE("recover: a predecessor that is damaged, forged or another vault's is refused") {
  Three test;
  const std::string current = slurp(test.path);
  TestVault other;
  std::filesystem::copy_file(test.key_file, other.key_file);
  other.init();
  Vault vault = test.anchored();
  std::string flipped = test.second;
  flipped.back() ^= 1;
  for (const auto& [file, code] :
       {std::pair(flipped, ErrorCode::kCorrupt), std::pair(slurp(other.path), ErrorCode::kTampered)}) {
    spill(test.previous(), file);
    CHECK(code_of(vault.recover()) == code);
    CHECK(slurp(test.path) == current);
  }
  std::filesystem::remove(test.previous());
  CHECK(code_of(vault.recover()) == ErrorCode::kNotFound);
  CHECK(value_in(vault, key_of("A")) == "three");
}

TEST_CASE("recover asks for the passphrase where there is no other way in") {
  TestVault test;
  VaultOptions options = test.options();
  int asked = 0;
  options.ask_passphrase = [&asked] {
    ++asked;
    return Result<Secret>(secret("passphrase"));
  };
  {
    Vault vault(options);
    VaultInit request;
    request.passphrase = secret("passphrase");
    REQUIRE(vault.init(std::move(request)).has_value());
    REQUIRE(vault.put(key_of("A"), secret("two")).has_value());
  }
  CHECK(asked == 0);
  spill(test.path, "damaged");
  Vault vault(options);
  CHECK(*vault.recover() == 1);
  CHECK(asked == 1);
  CHECK(value_in(vault, key_of("A")) == "(none)");
}
