#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/check.h"
#include "mcpcred/clock.h"
#include "mcpcred/ids.h"
#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "mcpcred/store.h"

namespace mcpcred {

/// What is known of one stored credential. Never its value.
struct Credential {
  VariableName variable;
  AccountName account;
  std::string store;                                ///< name of the store that holds it
  Timestamp created{};                              ///< when the name was first stored
  Timestamp stored{};                               ///< when the present value was stored
  std::optional<Date> expires{};                    ///< as entered, or as the value itself told
  FormatVerdict verdict = FormatVerdict::kUnknown;  ///< as found when it was stored
  bool checksum = false;
  std::string kind{};
  std::string note{};
  /// A command that changes this value has begun and has not ended: the store may hold the old one or the new one.
  bool pending = false;
  std::string fingerprint{};  ///< keyed, of the value, 16 hex digits; for finding equal values

  EntryKey key() const { return {variable, account}; }
};

/// A companion's value as the user gave it.
struct CompanionValue {
  std::string server;
  std::string account;
  std::string name;
  std::string value;
  friend bool operator==(const CompanionValue&, const CompanionValue&) = default;
};

enum class Policy : std::uint8_t { kBound, kStrict, kOpen };
std::string_view policy_name(Policy policy);
std::optional<Policy> policy_from_name(std::string_view name);

/// One command line that may receive a server's credential.
struct Approval {
  std::string server;
  std::string account;
  bool catalog = false;    ///< the catalog's own command: bound to `executable`, not to `args`
  std::string program;     ///< as typed or as in the catalog ("npx"), for messages
  std::string executable;  ///< absolute; empty: was not installed when approved, nothing is released
  std::vector<std::string> args;
  std::vector<std::string> env;              ///< names handed over, sorted
  std::map<std::string, std::string> hosts;  ///< settings that say where secrets go or stand in the arguments
  std::string entry;                         ///< digest of the user's server file; empty for a built-in entry
  std::string sha256;                        ///< of the executable, where policy strict approved it
  std::string folder;                        ///< working folder, where policy strict approved it
  Timestamp granted{};
  std::string by;  ///< "store", "approve"
};

/// What decides a release. Authenticated as a whole by a MAC under a key from the store.
struct Trust {
  Policy policy = Policy::kBound;
  std::vector<Approval> approvals;
  std::vector<CompanionValue> companions;

  /// Puts `approval` in place of one for the same server, account and command line.
  void add(Approval approval);
};

/// The keys that the store holds for us, as the hidden item EntryKey::keys().
struct StoreKeys {
  Secret registry;     ///< 32 bytes: MAC of Trust
  Secret fingerprint;  ///< 32 bytes
  Secret audit;        ///< 32 bytes
  /// The seals (Registry::trust_mac) that count: one, or two while a change is under way. An older registry put back
  /// carries a genuine seal that is not among them.
  std::vector<std::string> seals{};
  bool passphrase = false;  ///< the vault has a passphrase slot, which somebody might hide

  static StoreKeys generate();
  /// JSON text, the same in every store.
  Secret to_text() const;
  static Result<StoreKeys> from_text(std::string_view text);
};

/// An item seen in a store whose items have addresses, so that it need not be searched for again. Not authenticated:
/// what lies at `address` counts only where `proof` fits it.
struct ItemHint {
  std::string store;
  EntryKey key;
  std::string address;  ///< empty: not known
  std::string proof;    ///< hint_proof() of the value; empty: only the name was seen
};

/// The registry's content. `list` and `check` need no more than this.
struct Registry {
  std::string pinned_store;             ///< empty: nothing pinned yet
  std::optional<StoreAnchor> anchor;    ///< the vault's highest generation seen
  std::string moved_from;               ///< a move is done but for removing the values from that store
  std::vector<Credential> credentials;  ///< sorted by variable, account
  std::vector<ItemHint> hints;          ///< sorted by store, key
  std::string looked;                   ///< the store of the system whose items of other programs are among the hints
  Trust trust;
  std::string trust_mac;  ///< base64; empty while trust is empty and no store was used

  Credential* find(const EntryKey& key);
  const Credential* find(const EntryKey& key) const;
  void upsert(Credential credential);
  bool erase(const EntryKey& key);
  const ItemHint* hint(std::string_view store, const EntryKey& key) const;
  void set_hint(ItemHint hint);
  void erase_hint(std::string_view store, const EntryKey& key);
  /// The companion's value, nullptr where none was given.
  const std::string* companion(std::string_view server, std::string_view account, std::string_view name) const;
  void set_companion(CompanionValue value);

  /// kTampered unless trust_mac fits `trust` under `keys` for this pinned store, and is one of the seals that count.
  Result<void> verify_trust(const StoreKeys& keys) const;
  /// The seal of `trust` as it is now.
  std::string make_seal(const StoreKeys& keys) const;
};

/// Keyed fingerprint of a value: 16 hex digits.
std::string fingerprint(const StoreKeys& keys, const Secret& value);

/// What proves that a value is the one of `key` in `store`: 32 hex digits, keyed.
std::string hint_proof(const StoreKeys& keys, std::string_view store, const EntryKey& key, const Secret& value);

/// JSON text of a registry (version 1), and back. Strict: unknown version is kNewerVersion, bad text kCorrupt.
std::string format_registry(const Registry& registry);
Result<Registry> parse_registry(std::string_view text);

/// The file `state_dir`/registry.json and its lock.
class RegistryFile {
 public:
  explicit RegistryFile(std::string state_dir);
  /// An empty registry where there is no file.
  Result<Registry> load() const;
  Result<void> save(const Registry& registry) const;
  const std::string& path() const { return path_; }
  std::string lock_path() const { return state_dir_ + "/lock"; }
  const std::string& state_dir() const { return state_dir_; }

 private:
  std::string state_dir_;
  std::string path_;
};

}  // namespace mcpcred
