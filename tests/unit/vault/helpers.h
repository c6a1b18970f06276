#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "catch.h"
#include "core/encoding.h"
#include "mcpcred/vault.h"
#include "vault/age_file.h"
#include "vault/vault_content.h"

namespace mcpcred::testing {

/// A new folder of mode 0700, removed with everything in it.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mcpcred-vault.XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void spill(const std::string& path, std::string_view bytes, unsigned mode = 0600) {
  std::filesystem::remove(path);
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  REQUIRE(file.good());
  REQUIRE(chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
}

inline unsigned mode_of(const std::string& path) {
  struct stat info {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 07777U;
}

/// Runs a shell command; its exit code (anything but 0: failed).
inline int run(const std::string& command) {
  return std::system(command.c_str());
}

/// Interoperability is with the real thing or not tested at all.
inline void need_age() {
  if (run("command -v age >/dev/null && command -v age-keygen >/dev/null") != 0) {
    FAIL("age is not installed; scripts/test installs it");
  }
}

inline EntryKey key_of(std::string_view variable, std::string_view account = "default") {
  return EntryKey(*VariableName::parse(variable), *AccountName::parse(account));
}

inline age::Identity new_identity() {
  auto identity = age::Identity::generate();
  REQUIRE(identity.has_value());
  return std::move(*identity);
}

inline Secret secret(std::string_view text) {
  return Secret::copy_of(text);
}

/// The value as text, "(none)" where nothing is stored.
inline std::string value_in(Vault& vault, const EntryKey& key) {
  const auto value = vault.get(key);
  REQUIRE(value.has_value());
  return *value ? std::string((*value)->reveal()) : "(none)";
}

/// The code of a failure; the test fails where there was none.
template <class T>
ErrorCode code_of(const Result<T>& result) {
  REQUIRE_FALSE(result.has_value());
  return const_cast<Result<T>&>(result).error().code;
}

/// A vault opened by a key file beside its data folder.
struct TestVault {
  TempFolder folder;
  std::string data_dir = folder / "data";
  std::string key_file = folder / "vault.key";
  std::string path = data_dir + "/vault.age";

  VaultOptions options() const {
    VaultOptions options;
    options.data_dir = data_dir;
    options.use_session_cache = false;
    options.passphrase_work = 2;
    return options;
  }
  Vault open() const { return Vault(options()); }
  void init() const {
    VaultInit request;
    request.key_file = key_file;
    Vault vault = open();
    REQUIRE(vault.init(std::move(request)).has_value());
  }
  age::Identity identity() const {
    auto identity = age::Identity::parse(slurp(key_file));
    REQUIRE(identity.has_value());
    return std::move(*identity);
  }
};

/// Bytes of which none is where another would do.
inline std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 + i / 253);
  return text;
}

}  // namespace mcpcred::testing
