#include <sys/wait.h>

#include "helpers.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

VaultInit with_key_file(const std::string& path) {
  VaultInit request;
  request.key_file = path;
  return request;
}

VaultInit with_passphrase(std::string_view text) {
  VaultInit request;
  request.passphrase = secret(text);
  return request;
}

}  // namespace

TEST_CASE("init: folders 0700, files 0600, the key file 0400, under any umask") {
  for (mode_t mask : {mode_t{0}, mode_t{077}}) {
    TestVault test;
    const mode_t before = umask(mask);
    VaultInit request = with_key_file(test.key_file);
    request.passphrase = secret("passphrase");
    Vault vault = test.open();
    const auto made = vault.init(std::move(request));
    const auto put = vault.put(key_of("A"), secret("1"));
    umask(before);
    REQUIRE(made.has_value());
    REQUIRE(put.has_value());
    CHECK(mode_of(test.data_dir) == 0700);
    CHECK(mode_of(test.data_dir + "/slots") == 0700);
    CHECK(mode_of(test.path) == 0600);
    CHECK(mode_of(test.path + ".prev") == 0600);
    CHECK(mode_of(test.data_dir + "/lock") == 0600);
    CHECK(mode_of(test.data_dir + "/slots/passphrase.age") == 0600);
    CHECK(mode_of(test.data_dir + "/slots/keyfile.path") == 0600);
    CHECK(mode_of(test.key_file) == 0400);
  }
}

TEST_CASE("init: not twice, and not without a way in") {
  TestVault test;
  Vault vault = test.open();
  CHECK_FALSE(vault.initialised());
  CHECK(code_of(vault.init({})) == ErrorCode::kInvalidInput);
  CHECK(code_of(vault.init(with_passphrase(""))) == ErrorCode::kInvalidInput);
  CHECK(code_of(vault.init(with_key_file("relative/key"))) == ErrorCode::kInvalidInput);
  CHECK(code_of(vault.init(with_key_file(test.folder / "two\nlines"))) == ErrorCode::kInvalidInput);
  CHECK_FALSE(std::filesystem::exists(test.data_dir));
  CHECK(code_of(vault.open()) == ErrorCode::kStoreUnavailable);
  CHECK(code_of(vault.put(key_of("A"), secret("1"))) == ErrorCode::kStoreUnavailable);

  REQUIRE(vault.init(with_key_file(test.key_file)).has_value());
  CHECK(vault.initialised());
  const std::string file = slurp(test.path);
  CHECK(code_of(vault.init(with_key_file(test.key_file))) == ErrorCode::kConflict);
  Vault second = test.open();
  CHECK(code_of(second.init(with_passphrase("other"))) == ErrorCode::kConflict);
  CHECK(slurp(test.path) == file);
}

TEST_CASE("init: an existing key file is used and stays as it is") {
  TestVault test;
  const std::string text(new_identity().to_text("0").reveal());
  spill(test.key_file, text, 0600);
  test.init();
  CHECK(slurp(test.key_file) == text);
  CHECK(mode_of(test.key_file) == 0600);
  Vault vault = test.open();
  CHECK(vault.open().has_value());
}

TEST_CASE("J10 init: a key file that others may read, or that holds no key, is refused and nothing is made") {
  TestVault test;
  Vault vault = test.open();
  spill(test.key_file, new_identity().to_text("0").reveal(), 0644);
  CHECK(code_of(vault.init(with_key_file(test.key_file))) == ErrorCode::kUnsafePermissions);
  spill(test.key_file, "something else\n", 0400);
  CHECK(code_of(vault.init(with_key_file(test.key_file))) == ErrorCode::kCorrupt);
  CHECK(slurp(test.key_file) == "something else\n");
  CHECK_FALSE(vault.initialised());
  std::filesystem::remove(test.key_file);
  CHECK(vault.init(with_key_file(test.key_file)).has_value());
}

TEST_CASE("init: a key file inside the data folder only where that is asked for, links and dots included") {
  TestVault test;
  Vault vault = test.open();
  CHECK(code_of(vault.init(with_key_file(test.data_dir + "/key"))) == ErrorCode::kRefused);
  CHECK(code_of(vault.init(with_key_file(test.data_dir + "/slots/key"))) == ErrorCode::kRefused);
  CHECK(code_of(vault.init(with_key_file(test.folder / "x/../data/key"))) == ErrorCode::kRefused);
  std::filesystem::create_directory(test.data_dir);
  std::filesystem::create_symlink(test.data_dir, test.folder / "link");
  CHECK(code_of(vault.init(with_key_file(test.folder / "link/key"))) == ErrorCode::kRefused);
  std::filesystem::remove(test.data_dir);
  // A folder beside it whose name only begins alike is another one.
  CHECK(vault.init(with_key_file(test.data_dir + "-keys/key")).has_value());

  TestVault inside;
  VaultInit request = with_key_file(inside.data_dir + "/key");
  request.insecure_key_file = true;
  Vault insecure = inside.open();
  CHECK(insecure.init(std::move(request)).has_value());
}

TEST_CASE("K1 init killed before its end leaves no vault, and what it left harms no later one") {
  TestVault test;
  {
    // What an init with both ways in leaves when it dies right before vault.age appears.
    Vault vault = test.open();
    VaultInit both = with_key_file(test.key_file);
    both.passphrase = secret("forgotten");
    REQUIRE(vault.init(std::move(both)).has_value());
    std::filesystem::remove(test.path);
  }
  Vault vault = test.open();
  CHECK_FALSE(vault.initialised());
  REQUIRE(vault.init(with_passphrase("new")).has_value());
  CHECK_FALSE(std::filesystem::exists(test.data_dir + "/slots/keyfile.path"));
  VaultOptions options = test.options();
  options.ask_passphrase = [] { return Result<Secret>(secret("new")); };
  Vault again(options);
  CHECK(again.open().has_value());
  options.ask_passphrase = [] { return Result<Secret>(secret("forgotten")); };
  Vault old(options);
  CHECK(code_of(old.open()) == ErrorCode::kDenied);
}

TEST_CASE("G1 G2 a folder or file open to others is refused, with the chmod to type") {
  TestVault test;
  test.init();
  Vault vault = test.open();
  for (unsigned mode : {0755U, 0777U, 0710U}) {
    REQUIRE(chmod(test.data_dir.c_str(), static_cast<mode_t>(mode)) == 0);
    auto opened = vault.open();
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::kUnsafePermissions);
    CHECK(opened.error().hint.starts_with("chmod 700 "));
  }
  REQUIRE(chmod(test.data_dir.c_str(), 0700) == 0);
  REQUIRE(chmod(test.path.c_str(), 0644) == 0);
  auto opened = vault.open();
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().code == ErrorCode::kUnsafePermissions);
  CHECK(opened.error().hint.starts_with("chmod 600 "));
  REQUIRE(chmod(test.path.c_str(), 0600) == 0);
  REQUIRE(chmod((test.data_dir + "/slots").c_str(), 0755) == 0);
  CHECK(code_of(vault.open()) == ErrorCode::kUnsafePermissions);
  REQUIRE(chmod((test.data_dir + "/slots").c_str(), 0700) == 0);
  CHECK(vault.open().has_value());
}

TEST_CASE("K3 parallel writers of several processes lose nothing") {
  TestVault test;
  test.init();
  constexpr int kWriters = 10;
  for (int writer = 0; writer < kWriters; ++writer) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      Vault vault = test.open();
      const bool stored = vault.put(key_of("NAME_" + std::to_string(writer)), secret("value")).has_value();
      _exit(stored ? 0 : 1);
    }
  }
  int failures = 0;
  for (int writer = 0; writer < kWriters; ++writer) {
    int status = 0;
    REQUIRE(wait(&status) > 0);
    failures += status != 0;
  }
  CHECK(failures == 0);
  Vault vault = test.open();
  CHECK(vault.keys()->size() == kWriters);
  CHECK(vault.anchor()->generation == kWriters + 1);
}
