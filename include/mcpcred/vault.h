#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/ids.h"
#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "mcpcred/store.h"

namespace mcpcred {

/// Where a vault lies and how its identity may be had. Nothing here is a secret.
struct VaultOptions {
  std::string data_dir;           ///< absolute; holds vault.age, vault.age.prev, lock, slots/
  std::string key_file;           ///< MCPCRED_KEY_FILE: an identity file tried before the slots; empty: none
  StoreAnchor anchor;             ///< highest generation seen, from the registry; empty id: none known
  bool use_session_cache = true;  ///< look into (and never create) the session keyring's copy
  /// Asks a person for the passphrase; empty: never ask (the vault is then "locked"). Called at most once a process.
  std::function<Result<Secret>()> ask_passphrase;
  unsigned passphrase_work = 18;  ///< log2 of scrypt's N for new passphrase slots (some 0.65 s); tests take less
};

/// What `vault init` may be given; at least one of the two ways in, or init() refuses.
struct VaultInit {
  std::string key_file;  ///< absolute; made with mode 0400 if absent, used (never overwritten) if it is there
  std::optional<Secret> passphrase;  ///< for a passphrase slot
  bool insecure_key_file = false;    ///< allow a key file inside the data folder itself
};

/// How the identity of an opened vault was found.
enum class UnlockedBy : std::uint8_t { kNothing, kKeyFileVariable, kKeyFileSlot, kSessionCache, kPassphrase };

/// Facts for `vault status`; reads no secret, asks nothing.
struct VaultStatus {
  bool initialised = false;
  std::string vault_id;          ///< from the anchor or an opened vault; empty if not known without unlocking
  std::uint64_t generation = 0;  ///< 0: not known without unlocking
  bool passphrase_slot = false;
  std::string key_file_slot;            ///< path, empty: no such slot
  std::string key_file_problem;         ///< why that file cannot be used now (missing, mode 0644); empty: fine
  std::vector<std::string> recipients;  ///< age1…, known only when opened
  bool cached = false;                  ///< the session keyring holds the identity
  std::string cache_scope;              ///< "session", "all sessions of this user", "not available: <reason>"
  std::int64_t cache_seconds_left = 0;
  UnlockedBy unlocked_by = UnlockedBy::kNothing;
};

/// The embedded vault: an age v1 file with JSON Lines inside (docs/file-formats.md, design in vault.md).
/// A handle keeps the identity and the decrypted content for its life in locked memory, and reads the file
/// again when another process has replaced it.
class Vault {
 public:
  explicit Vault(VaultOptions options);
  ~Vault();
  Vault(Vault&&) noexcept;
  Vault& operator=(Vault&&) noexcept;

  /// Makes folder, slots and an empty vault (generation 1). kConflict if there is one already.
  Result<void> init(VaultInit request);

  /// False where there is no vault.age (and no leftover of one).
  bool initialised() const;

  /// Whether open() can succeed, asking nobody: kLocked where nothing but a passphrase is left and nobody may be asked.
  Result<void> available();

  /// Opens (asks for the passphrase where needed) and verifies; cheap when nothing changed since the last call.
  Result<void> open();

  Result<std::optional<Secret>> get(const EntryKey& key);
  /// The same for several keys with one look at the file, in the order of `keys`.
  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys);
  Result<void> put(const EntryKey& key, const Secret& value);
  Result<bool> erase(const EntryKey& key);
  /// Every key, hidden ones too, sorted.
  Result<std::vector<EntryKey>> keys();

  /// Id and generation of the last state that this handle read or wrote; empty before.
  std::optional<StoreAnchor> anchor() const;

  /// Facts; opens the vault only where that needs no person (key file, cache).
  Result<VaultStatus> status();

  // Ways in. Each needs the vault open, verifies what it wrote, and the last way in is never removed.
  Result<void> add_passphrase_slot(const Secret& passphrase);  ///< replaces an existing one
  Result<void> add_key_file_slot(const std::string& path, bool insecure_key_file);
  Result<bool> remove_passphrase_slot();
  Result<bool> remove_key_file_slot();                         ///< the key file itself stays
  Result<void> add_recipient(std::string_view age_recipient);  ///< at most 8; can decrypt with stock age, not write
  Result<bool> remove_recipient(std::string_view age_recipient);

  /// Whether there is a passphrase slot; looks at its file only, so that it answers for a damaged vault too.
  Result<bool> has_passphrase_slot() const;

  /// kDenied unless `passphrase` opens the passphrase slot; kNotFound where there is none. Costs one scrypt. A vault
  /// that is not open yet is opened with it when it is next needed.
  Result<void> check_passphrase(const Secret& passphrase);

  /// Puts the identity into the session keyring of the calling shell for `idle_seconds` (12 h at most in all).
  /// kStoreUnavailable where the system refuses that; the message says why. Returns the scope, as in VaultStatus.
  Result<std::string> cache_identity(const Secret* passphrase, unsigned idle_seconds = 600);
  /// Removes it from every keyring it can be reached in. True: there was one.
  Result<bool> drop_cached_identity();

  /// Goes back to vault.age.prev: verifies it (whatever generation was seen), and makes it the current one as a new
  /// generation above the anchor. Where vault.age itself is whole and only older than the anchor (somebody put it back
  /// on purpose), that one is accepted instead. What is replaced stays as vault.age.before-recover. Returns the
  /// generation that it went back to.
  Result<std::uint64_t> recover();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The vault behind the store interface. `vault` must outlive the store.
std::unique_ptr<SecretStore> make_vault_store(Vault& vault);

}  // namespace mcpcred
