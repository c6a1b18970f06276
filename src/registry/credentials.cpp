#include "mcpcred/credentials.h"

#include <algorithm>

#include "platform/file.h"
#include "platform/lock.h"
#include "registry/registry_lock.h"
#include "registry/store_keys.h"

namespace mcpcred {
namespace {

bool was_never_sealed(const Registry& registry) {
  return registry.trust_mac.empty() && registry.trust.policy == Policy::kBound && registry.trust.approvals.empty() &&
         registry.trust.companions.empty();
}

}  // namespace

Result<FileLock> lock_registry(const RegistryFile& file) {
  MCPCRED_CHECK(make_private_dir(file.state_dir()));
  return FileLock::acquire(file.lock_path());
}

Result<std::optional<StoreKeys>> read_keys(SecretStore& store) {
  MCPCRED_TRY(text, store.get(EntryKey::keys()));
  if (!text) return std::optional<StoreKeys>();
  MCPCRED_TRY(keys, StoreKeys::from_text(text->reveal()));
  return std::optional<StoreKeys>(std::move(keys));
}

Error no_keys_error() {
  return {ErrorCode::kTampered, "the store's own keys (mcpcred:keys) are gone, and approvals depend on them",
          "nothing is released; at a terminal, to start anew without approvals: mcpcred policy bound", 0};
}

Credentials::Credentials(const RegistryFile& file, SecretStore& store, SecretStore* trust_store, Timestamp now)
    : file_(file), store_(store), trust_store_(trust_store == nullptr ? store : *trust_store), now_(now) {}

// The keys, made where this store was never used before. Never made anew in silence: a registry with a seal and a
// store without keys is an alarm, and a vault gets them from `vault init`.
Result<StoreKeys> Credentials::keys_for_change(const Registry& registry) {
  MCPCRED_TRY(present, read_keys(trust_store_));
  if (present) return std::move(*present);
  if (!was_never_sealed(registry)) return Unexpected(no_keys_error());
  if (trust_store_.anchor())
    return fail(ErrorCode::kConflict, "the vault is there, but its setup was interrupted",
                "finish it: mcpcred vault init");
  StoreKeys keys = StoreKeys::generate();
  MCPCRED_CHECK(trust_store_.put(EntryKey::keys(), keys.to_text()));
  return keys;
}

Result<void> Credentials::commit(Registry& registry) {
  if (registry.pinned_store.empty()) registry.pinned_store = store_.traits().name;
  if (registry.pinned_store == store_.traits().name)
    if (auto anchor = store_.anchor()) registry.anchor = std::move(anchor);
  if (uses_pinned()) note_address(registry, EntryKey::keys(), {});
  return file_.save(registry);
}

// The store has to know the new seal before the registry carries it, and to forget the old one only then: a kill in
// between leaves two that count, never none.
Result<void> Credentials::seal_and_commit(Registry& registry, StoreKeys& keys) {
  if (registry.pinned_store.empty()) registry.pinned_store = store_.traits().name;
  if (registry.pinned_store == store_.traits().name)
    if (auto anchor = store_.anchor()) registry.anchor = std::move(anchor);
  const std::string seal = registry.make_seal(keys);
  if (keys.seals == std::vector{seal} && registry.trust_mac == seal) return commit(registry);
  std::vector<std::string> counting = {seal};
  if (!registry.trust_mac.empty() && registry.trust_mac != seal) counting.push_back(registry.trust_mac);
  keys.seals = counting;
  MCPCRED_CHECK(trust_store_.put(EntryKey::keys(), keys.to_text()));
  registry.trust_mac = seal;
  MCPCRED_CHECK(commit(registry));
  if (counting.size() == 1) return commit(registry);
  keys.seals = {seal};
  MCPCRED_CHECK(trust_store_.put(EntryKey::keys(), keys.to_text()));
  return commit(registry);
}

Result<void> Credentials::set_up(Policy policy, bool passphrase) {
  MCPCRED_TRY(lock, lock_registry(file_));
  MCPCRED_TRY(registry, file_.load());
  MCPCRED_TRY(present, read_keys(store_));
  if (present && !present->seals.empty()) {
    // A kill between the keys and the registry: nothing was ever stored, approved or decided with them.
    constexpr std::uint64_t kGenerationOfKeys = 2;
    const auto anchor = store_.anchor();
    MCPCRED_TRY(items, store_.list());
    const bool interrupted =
        was_never_sealed(registry) && !registry.anchor && anchor && anchor->generation <= kGenerationOfKeys;
    if (!interrupted || !items.empty())
      return fail(ErrorCode::kConflict, "the store is set up already", "mcpcred vault status");
  }
  // Beside a pinned store it waits for values (--store, or a move); its keys seal nothing yet.
  if (!registry.pinned_store.empty() && registry.pinned_store != store_.traits().name) {
    if (present) return fail(ErrorCode::kConflict, "the store is set up already", "mcpcred vault status");
    StoreKeys waiting = StoreKeys::generate();
    waiting.passphrase = passphrase;
    return store_.put(EntryKey::keys(), waiting.to_text());
  }
  StoreKeys keys = present ? std::move(*present) : StoreKeys::generate();
  keys.passphrase = passphrase;
  registry.trust = {};  // nothing that stood there before was ever sealed
  registry.trust_mac.clear();
  registry.trust.policy = policy;
  return seal_and_commit(registry, keys);
}

Result<void> Credentials::note_passphrase(bool passphrase) {
  MCPCRED_TRY(lock, lock_registry(file_));
  MCPCRED_TRY(registry, file_.load());
  MCPCRED_TRY(keys, read_keys(store_));
  if (!keys) return Unexpected(no_keys_error());
  if (keys->passphrase != passphrase) {
    keys->passphrase = passphrase;
    MCPCRED_CHECK(store_.put(EntryKey::keys(), keys->to_text()));
  }
  return commit(registry);
}

Result<bool> Credentials::expects_passphrase() {
  MCPCRED_TRY(keys, read_keys(store_));
  return keys && keys->passphrase;
}

Result<void> Credentials::note_anchor() {
  MCPCRED_TRY(lock, lock_registry(file_));
  MCPCRED_TRY(registry, file_.load());
  return commit(registry);
}

Result<void> Credentials::change_trust(const std::function<Result<void>(Registry&)>& change, bool reset_if_tampered) {
  MCPCRED_TRY(lock, lock_registry(file_));
  MCPCRED_TRY(registry, file_.load());
  auto keys = keys_for_change(registry);
  const auto reset = [&] {
    registry.trust = {};
    registry.trust_mac.clear();
  };
  if (!keys && reset_if_tampered &&
      (keys.error().code == ErrorCode::kTampered || keys.error().code == ErrorCode::kCorrupt)) {
    reset();
    StoreKeys fresh = StoreKeys::generate();
    MCPCRED_CHECK(trust_store_.put(EntryKey::keys(), fresh.to_text()));
    keys = std::move(fresh);
  }
  if (!keys) return Unexpected(std::move(keys).error());
  const bool first_use = keys->seals.empty() && was_never_sealed(registry);
  if (auto genuine = first_use ? Result<void>() : registry.verify_trust(*keys); !genuine) {
    if (!reset_if_tampered) return genuine;
    reset();
  }
  MCPCRED_CHECK(change(registry));
  return seal_and_commit(registry, *keys);
}

}  // namespace mcpcred
