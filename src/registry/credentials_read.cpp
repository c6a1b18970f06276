#include <algorithm>

#include "core/encoding.h"
#include "core/log.h"
#include "mcpcred/credentials.h"
#include "registry/registry_lock.h"
#include "registry/store_keys.h"

// Reading values. A store whose items have addresses is asked for them directly where the registry remembers them; its
// own keys come along in the same request and prove each value. What is not proved is searched for, and remembered.
namespace mcpcred {

// True: everything that was asked for is in `values`, proved. Else `own` and the elements that are there count.
Result<bool> Credentials::fetch_by_hints(const Registry& registry, std::span<const EntryKey> keys, Values& values,
                                         std::optional<StoreKeys>& own) {
  const std::string_view store = store_.traits().name;
  const ItemHint* own_hint = registry.hint(store, EntryKey::keys());
  if (own_hint == nullptr || own_hint->address.empty()) return false;
  std::vector<std::string> addresses{own_hint->address};
  std::vector<std::pair<std::size_t, const ItemHint*>> hinted;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const ItemHint* hint = registry.hint(store, keys[i]);
    if (hint == nullptr || hint->address.empty() || hint->proof.empty()) continue;
    addresses.push_back(hint->address);
    hinted.emplace_back(i, hint);
  }
  // An address that is none is as good as no hint; a store that is not there is told by the search.
  auto found = store_.addresses()->get_at(addresses);
  if (!found || !found->front()) return false;
  auto parsed = StoreKeys::from_text(found->front()->reveal());
  if (!parsed) return false;
  own = std::move(*parsed);
  for (std::size_t n = 0; n < hinted.size(); ++n) {
    const auto& [i, hint] = hinted[n];
    std::optional<Secret>& value = (*found)[n + 1];
    if (value && equal_constant_time(hint_proof(*own, store, keys[i], *value), hint->proof))
      values[i] = std::move(value);
  }
  return std::all_of(values.begin(), values.end(), [](const auto& value) { return value.has_value(); });
}

Result<Credentials::Values> Credentials::fetch(const Registry& registry, std::span<const EntryKey> keys,
                                               std::optional<StoreKeys>& own) {
  const bool addressed = uses_pinned() && store_.addresses() != nullptr;
  if (addressed) {
    Values values(keys.size());
    MCPCRED_TRY(complete, fetch_by_hints(registry, keys, values, own));
    if (complete) return values;
    // One hint that is wrong, and none of them is believed: the search finds the true keys.
    own.reset();
  }
  std::vector<EntryKey> wanted(keys.begin(), keys.end());
  if (uses_pinned()) wanted.push_back(EntryKey::keys());
  MCPCRED_TRY(values, store_.get_many(wanted));
  if (!uses_pinned()) return std::move(values);
  if (values.back()) {
    // Damaged ones are told where they are needed: by release().
    if (auto parsed = StoreKeys::from_text(values.back()->reveal())) own = std::move(*parsed);
  }
  values.pop_back();
  if (addressed && own) learn(keys, values, *own);
  return std::move(values);
}

void Credentials::note_address(Registry& registry, const EntryKey& key, const std::string& proof) {
  ItemAddresses* const addresses = store_.addresses();
  if (addresses == nullptr) return;
  const std::string address = addresses->address_of(key);
  if (!address.empty()) registry.set_hint({std::string(store_.traits().name), key, address, proof});
}

// Only ever saves time: whatever stands in the way (another writer, a folder that cannot be written) is passed over.
void Credentials::remember(const std::function<void(Registry&)>& change) {
  const auto lock = FileLock::acquire(file_.lock_path(), std::chrono::milliseconds(0));
  auto registry = lock ? file_.load() : Result<Registry>(fail(ErrorCode::kBusy, "the registry is in use"));
  if (registry && registry->pinned_store != store_.traits().name) return;
  if (registry) change(*registry);
  const auto saved = registry ? file_.save(*registry) : Result<void>(Unexpected(registry.error()));
  if (!saved) log_debug("not remembered for the next time: " + saved.error().message);
}

void Credentials::learn(std::span<const EntryKey> keys, const Values& values, const StoreKeys& own) {
  remember([&](Registry& registry) {
    note_address(registry, EntryKey::keys(), {});
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (values[i]) note_address(registry, keys[i], hint_proof(own, store_.traits().name, keys[i], *values[i]));
  });
}

Result<std::vector<std::optional<Secret>>> Credentials::load_many(const Registry& registry,
                                                                  std::span<const EntryKey> keys) {
  if (!store_.traits().keeps_registry || store_.addresses() == nullptr) return store_.get_many(keys);
  std::optional<StoreKeys> own;
  return fetch(registry, keys, own);
}

Result<std::vector<std::optional<Secret>>> Credentials::release(const Registry& registry,
                                                                std::span<const EntryKey> keys) {
  std::optional<StoreKeys> own;
  MCPCRED_TRY(values, fetch(registry, keys, own));
  if (!own) {
    MCPCRED_TRY(pinned, read_keys(trust_store_));
    own = std::move(pinned);
  }
  if (!own) return Unexpected(no_keys_error());
  MCPCRED_CHECK(registry.verify_trust(*own));
  return std::move(values);
}

namespace {

void sort_unique(std::vector<EntryKey>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

}  // namespace

Result<std::vector<EntryKey>> Credentials::names(const Registry& registry, const AccountName& account,
                                                 const IsKnownVariable& is_known) {
  const StoreTraits& traits = store_.traits();
  std::vector<EntryKey> found;
  for (const Credential& credential : registry.credentials)
    if (credential.store == traits.name) found.push_back(credential.key());
  if (!traits.shared || registry.looked != traits.name) {
    MCPCRED_TRY(listed, traits.shared ? look_around(registry, is_known) : store_.list());
    found.insert(found.end(), listed.begin(), listed.end());
  } else {
    for (const ItemHint& hint : registry.hints)
      if (hint.store == traits.name && !hint.key.is_hidden() && is_known(hint.key.variable()))
        found.push_back(hint.key);
  }
  std::erase_if(found, [&](const EntryKey& key) { return key.account() != account.str(); });
  sort_unique(found);
  return found;
}

Result<std::vector<EntryKey>> Credentials::look_around(const Registry& registry, const IsKnownVariable& is_known) {
  const StoreTraits& traits = store_.traits();
  std::vector<EntryKey> foreign;
  if (!traits.shared) return foreign;
  MCPCRED_TRY(listed, store_.list());
  for (const EntryKey& key : listed) {
    const Credential* known = registry.find(key);
    if ((known == nullptr || known->store != traits.name) && is_known(key.variable())) foreign.push_back(key);
  }
  sort_unique(foreign);
  const auto is_new = [&](const EntryKey& key) { return registry.hint(traits.name, key) == nullptr; };
  const auto is_gone = [&](const ItemHint& hint) {
    return hint.store == traits.name && !hint.key.is_hidden() && registry.find(hint.key) == nullptr &&
           std::find(foreign.begin(), foreign.end(), hint.key) == foreign.end();
  };
  if (registry.looked == traits.name && std::none_of(foreign.begin(), foreign.end(), is_new) &&
      std::none_of(registry.hints.begin(), registry.hints.end(), is_gone))
    return foreign;
  remember([&](Registry& fresh) {
    for (const EntryKey& key : foreign)
      if (fresh.hint(traits.name, key) == nullptr) fresh.set_hint({std::string(traits.name), key, {}, {}});
    std::erase_if(fresh.hints, is_gone);
    fresh.looked = traits.name;
  });
  return foreign;
}

}  // namespace mcpcred
