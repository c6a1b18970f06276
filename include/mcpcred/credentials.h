#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mcpcred/registry.h"
#include "mcpcred/store.h"

namespace mcpcred {

/// One value on its way into the store.
struct NewValue {
  VariableName variable;
  Secret value;
  std::optional<Date> expires{};  ///< as entered; else FormatFinding::expires counts
  FormatFinding finding{};
};

struct StoreRequest {
  std::string server{};  ///< catalog entry; empty: a variable outside the catalog
  AccountName account = AccountName::default_account();
  std::vector<NewValue> values{};
  std::vector<CompanionValue> companions{};
  bool replace = false;
  bool confirmed = false;                  ///< a person at the terminal said yes to all concerns
  std::vector<EntryKey> server_secrets{};  ///< all secrets of that server and account, stored or not
  std::vector<std::string> bound_names{};  ///< companions that say where the secrets go or how the program is called
  /// Makes the approval of the catalog's own command from the registry with the new companions; empty: none.
  std::function<Result<Approval>(const Registry&)> approval{};
};

struct StoreOutcome {
  std::vector<Credential> stored{};
  std::vector<std::string> same_value_as{};  ///< other variables that hold an equal value
  std::optional<Approval> approval{};        ///< of the catalog's own command, where it is approved now
  std::vector<std::string> concerns{};       ///< why it is not approved, though it was asked for
};

/// The registry and the store behind it, changed together: lock, read, change the store, write the registry. A
/// command that is killed between the two leaves a value that the registry does not know yet; it can be loaded, and
/// the next store of that name asks before it replaces it.
class Credentials {
 public:
  /// Both stores must outlive this object. `store` is the one that this command uses; `trust_store` the pinned one,
  /// whose keys seal the registry (nullptr: the same). With a store that keeps no registry only load_many() is of use.
  Credentials(const RegistryFile& file, SecretStore& store, SecretStore* trust_store, Timestamp now);

  /// kConflict where one is stored already and `replace` is not set; nothing is changed then.
  Result<StoreOutcome> store(StoreRequest request);

  /// What only a person may settle about `request`, as the registry is now: a stored secret that would be sent
  /// elsewhere or to another program, a host that somebody set before, an entry from the servers folder. Empty:
  /// nothing.
  Result<std::vector<std::string>> concerns(const Registry& registry, const StoreRequest& request);

  /// What is stored under `keys`, whether the registry knows it or not, in the same order. Where `registry` has hints
  /// for the store they spare the search, and what was searched for is remembered there for the next time.
  Result<std::vector<std::optional<Secret>>> load_many(const Registry& registry, std::span<const EntryKey> keys);

  /// Values for a launch, with the seal of `registry.trust` verified by the store's own keys in the same round trip.
  Result<std::vector<std::optional<Secret>>> release(const Registry& registry, std::span<const EntryKey> keys);

  /// True for variables that belong to a server. In a store that other programs use, only such an item counts as ours
  /// before the registry knows it.
  using IsKnownVariable = std::function<bool(const std::string&)>;

  /// Every name stored for `account`: what the registry knows of this store and what the store lists, sorted. A store
  /// of the system is listed only while the registry has seen nothing of it; later look_around() does.
  Result<std::vector<EntryKey>> names(const Registry& registry, const AccountName& account,
                                      const IsKnownVariable& is_known);

  /// The items of a store of the system that other programs made under names of ours, sorted, and remembers them in the
  /// registry for names(). Nothing for stores that are ours alone. Opens no secret.
  Result<std::vector<EntryKey>> look_around(const Registry& registry, const IsKnownVariable& is_known);

  /// Removes values, former values and registry entries; when the last secret of `server` is gone, its approvals and
  /// companions too. Returns the keys that were there.
  Result<std::vector<EntryKey>> erase(std::span<const EntryKey> keys, const std::string& server,
                                      std::span<const EntryKey> server_secrets);

  /// Changes approvals, policy or companions: verified before, sealed after. `reset_if_tampered`: a person agreed to
  /// drop all of it where the seal does not fit.
  Result<void> change_trust(const std::function<Result<void>(Registry&)>& change, bool reset_if_tampered);

  /// The first use of a store that is made on purpose (the vault): our own keys, and, where no other store is pinned,
  /// the pin and the policy. kConflict where that was done before.
  Result<void> set_up(Policy policy, bool passphrase);

  /// Remembers inside the store whether it has a passphrase, and reads that.
  Result<void> note_passphrase(bool passphrase);
  Result<bool> expects_passphrase();

  /// Records how far the store has come, after a change that went past this object (vault slots).
  Result<void> note_anchor();

 private:
  using Values = std::vector<std::optional<Secret>>;
  Result<Values> fetch(const Registry& registry, std::span<const EntryKey> keys, std::optional<StoreKeys>& own);
  Result<bool> fetch_by_hints(const Registry& registry, std::span<const EntryKey> keys, Values& values,
                              std::optional<StoreKeys>& own);
  void learn(std::span<const EntryKey> keys, const Values& values, const StoreKeys& own);
  void remember(const std::function<void(Registry&)>& change);
  void note_address(Registry& registry, const EntryKey& key, const std::string& proof);
  bool uses_pinned() const { return &store_ == &trust_store_; }
  Result<StoreKeys> keys_for_change(const Registry& registry);
  Result<void> commit(Registry& registry);
  Result<void> seal_and_commit(Registry& registry, StoreKeys& keys);
  Result<std::vector<EntryKey>> stored_of(std::span<const EntryKey> keys);
  Result<bool> keeps_old_secret(const StoreRequest& request);
  Result<void> set_companions(Registry& registry, const StoreRequest& request);
  Result<void> set_approval(Registry& registry, const StoreRequest& request, StoreOutcome& outcome);
  Result<void> put_values(Registry& registry, const StoreKeys& keys, const StoreRequest& request, StoreOutcome& outcome,
                          std::optional<Error>& not_durable);

  const RegistryFile& file_;
  SecretStore& store_;
  SecretStore& trust_store_;
  Timestamp now_;
};

}  // namespace mcpcred
