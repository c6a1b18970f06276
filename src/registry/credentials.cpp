#include "mcpcred/credentials.h"

#include <algorithm>

#include "platform/file.h"
#include "platform/lock.h"

namespace mcpcred {
namespace {

const Error kNoKeys{ErrorCode::kTampered, "the store's own keys (mcpcred:keys) are gone, and approvals depend on them",
                    "nothing is released; at a terminal, to start anew without approvals: mcpcred policy bound", 0};

Result<std::optional<StoreKeys>> read_keys(SecretStore& store) {
  MCPCRED_TRY(text, store.get(EntryKey::keys()));
  if (!text) return std::optional<StoreKeys>();
  MCPCRED_TRY(keys, StoreKeys::from_text(text->reveal()));
  return std::optional<StoreKeys>(std::move(keys));
}

bool trust_is_empty(const Trust& trust) {
  return trust.policy == Policy::kBound && trust.approvals.empty() && trust.companions.empty();
}

Result<FileLock> lock_registry(const RegistryFile& file) {
  MCPCRED_CHECK(make_private_dir(file.state_dir()));
  return FileLock::acquire(file.lock_path());
}

}  // namespace

Credentials::Credentials(const RegistryFile& file, SecretStore& store, Timestamp now)
    : file_(file), store_(store), now_(now) {}

// The keys, made where this store was never used before. Never made anew in silence: a registry with a seal and a
// store without keys is an alarm.
Result<StoreKeys> Credentials::keys_for_change(const Registry& registry) {
  MCPCRED_TRY(present, read_keys(store_));
  if (present) return std::move(*present);
  if (!registry.trust_mac.empty() || !trust_is_empty(registry.trust)) return Unexpected(kNoKeys);
  StoreKeys keys = StoreKeys::generate();
  MCPCRED_CHECK(store_.put(EntryKey::keys(), keys.to_text()));
  return keys;
}

Result<void> Credentials::commit(Registry& registry) {
  if (registry.pinned_store.empty()) registry.pinned_store = store_.traits().name;
  if (registry.pinned_store == store_.traits().name)
    if (auto anchor = store_.anchor()) registry.anchor = std::move(anchor);
  return file_.save(registry);
}

Result<void> Credentials::prepare() {
  return change_trust([](Registry&) -> Result<void> { return {}; }, false);
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
  if (!keys && reset_if_tampered && keys.error().code == ErrorCode::kTampered) {
    registry.trust = {};
    registry.trust_mac.clear();
    keys = keys_for_change(registry);
  }
  if (!keys) return Unexpected(std::move(keys).error());
  const bool sealed = !registry.trust_mac.empty() || !trust_is_empty(registry.trust);
  if (auto genuine = sealed ? registry.verify_trust(*keys) : Result<void>(); !genuine) {
    if (!reset_if_tampered) return genuine;
    registry.trust = {};
  }
  MCPCRED_CHECK(change(registry));
  if (registry.pinned_store.empty()) registry.pinned_store = store_.traits().name;
  if (auto anchor = store_.anchor(); anchor && registry.pinned_store == store_.traits().name) registry.anchor = anchor;
  registry.seal_trust(*keys);
  return commit(registry);
}

Result<std::vector<std::optional<Secret>>> Credentials::load_many(std::span<const EntryKey> keys) {
  return store_.get_many(keys);
}

Result<std::vector<std::optional<Secret>>> Credentials::release(const Registry& registry,
                                                                std::span<const EntryKey> keys) {
  std::vector<EntryKey> all(keys.begin(), keys.end());
  all.push_back(EntryKey::keys());
  MCPCRED_TRY(values, store_.get_many(all));
  if (!values.back()) return Unexpected(kNoKeys);
  MCPCRED_TRY(own, StoreKeys::from_text(values.back()->reveal()));
  MCPCRED_CHECK(registry.verify_trust(own));
  values.pop_back();
  return std::move(values);
}

Result<std::vector<EntryKey>> Credentials::names(const Registry& registry, const AccountName& account) {
  std::vector<EntryKey> found;
  for (const Credential& credential : registry.credentials)
    if (credential.store == store_.traits().name && credential.account == account) found.push_back(credential.key());
  MCPCRED_TRY(listed, store_.list());
  for (const EntryKey& key : listed)
    if (key.account() == account.str()) found.push_back(key);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace mcpcred
