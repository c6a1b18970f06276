#pragma once

#include <optional>
#include <string>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "vault/identity.h"

namespace mcpcred {

inline constexpr std::size_t kMaxPassphraseBytes = 4096;

/// Any bytes but a newline, 1 to 4096 of them, as they are (no normalisation).
Result<void> check_passphrase_text(const Secret& passphrase);

/// Wrappings of the vault's identity in data_dir/slots; any one opens the vault. Writers hold the vault's lock.
class Slots {
 public:
  explicit Slots(const std::string& data_dir) : folder_(data_dir + "/slots") {}

  /// The path that the key-file slot names; nullopt: no such slot.
  Result<std::optional<std::string>> key_file() const;
  Result<bool> has_passphrase() const;
  /// kDenied for a wrong passphrase, or where there is no passphrase slot: the same words, always.
  Result<age::Identity> open_passphrase(const Secret& passphrase) const;

  /// Replaces an existing slot. The new one is opened once before it is written, and compared after.
  Result<void> write_passphrase(const age::Identity& identity, std::string_view vault_id, const Secret& passphrase,
                                unsigned work_factor) const;
  Result<void> write_key_file(const std::string& path) const;
  /// False: there was none.
  Result<bool> remove_passphrase() const;
  Result<bool> remove_key_file() const;

 private:
  std::string passphrase_path() const { return folder_ + "/passphrase.age"; }
  std::string key_file_path() const { return folder_ + "/keyfile.path"; }
  Result<bool> ready() const;
  Result<void> write(const std::string& path, std::string_view bytes) const;

  std::string folder_;
};

}  // namespace mcpcred
