#include "mcpcred/move.h"

#include <algorithm>

#include "registry/registry_lock.h"
#include "registry/store_keys.h"

namespace mcpcred {
namespace {

using Values = std::vector<std::optional<Secret>>;

// The credentials of `store`, each followed by its former value.
std::vector<EntryKey> keys_in(const Registry& registry, std::string_view store) {
  std::vector<EntryKey> keys;
  for (const Credential& credential : registry.credentials) {
    if (credential.store != store) continue;
    keys.push_back(credential.key());
    keys.push_back(EntryKey::previous(credential.key()));
  }
  return keys;
}

Result<void> check_target(const std::vector<EntryKey>& keys, const Values& values, const Values& present,
                          const StoreTraits& to) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!values[i]) continue;
    MCPCRED_CHECK(check_put(to, *values[i]));
    if (present[i] && !(*present[i] == *values[i]))
      return fail(ErrorCode::kConflict,
                  std::string(to.title) + " holds another value for " + keys[i].variable() + "; nothing was moved",
                  "look at it: mcpcred load " + keys[i].variable() + " --store " + std::string(to.name) +
                      "\nif it may go: mcpcred delete " + keys[i].variable() + " --store " + std::string(to.name));
  }
  return {};
}

Result<void> copy_values(SecretStore& to, const std::vector<EntryKey>& keys, const Values& values,
                         const Values& present) {
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (values[i] && !present[i]) MCPCRED_CHECK(to.put(keys[i], *values[i]));
  MCPCRED_TRY(copies, to.get_many(keys));
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (values[i] && !(copies[i] && *copies[i] == *values[i]))
      return fail(ErrorCode::kIo,
                  keys[i].variable() + " was not read back as it was written; the old store is still the one in use",
                  "mcpcred check --read --store " + std::string(to.traits().name));
  return {};
}

void point_to(Registry& registry, SecretStore& to, const StoreKeys& own, const std::vector<EntryKey>& keys,
              const Values& values) {
  const std::string from = registry.pinned_store;
  const std::string name(to.traits().name);
  for (Credential& credential : registry.credentials)
    if (credential.store == from) credential.store = name;
  std::erase_if(registry.hints, [&](const ItemHint& hint) { return hint.store == from; });
  if (ItemAddresses* const addresses = to.addresses()) {
    registry.set_hint({name, EntryKey::keys(), addresses->address_of(EntryKey::keys()), {}});
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (values[i])
        registry.set_hint({name, keys[i], addresses->address_of(keys[i]), hint_proof(own, name, keys[i], *values[i])});
  }
  registry.looked.clear();
  registry.moved_from = from;
  registry.pinned_store = name;
}

Result<void> clean_up(const RegistryFile& file, Registry& registry, SecretStore& from,
                      const std::vector<EntryKey>& keys) {
  const auto but_moved = [&](Error error) {
    error.message =
        "moved, but the old copies in " + std::string(from.traits().title) + " are not all removed: " + error.message;
    error.hint = "to remove them: mcpcred move --to " + registry.pinned_store;
    return Unexpected(std::move(error));
  };
  for (const EntryKey& key : keys)
    if (auto erased = from.erase(key); !erased) return but_moved(std::move(erased).error());
  if (auto erased = from.erase(EntryKey::keys()); !erased) return but_moved(std::move(erased).error());
  registry.moved_from.clear();
  return file.save(registry);
}

}  // namespace

Result<MoveOutcome> move_all(const RegistryFile& file, SecretStore& from, SecretStore& to, bool to_has_passphrase) {
  MCPCRED_TRY(lock, lock_registry(file));
  MCPCRED_TRY(registry, file.load());
  MoveOutcome outcome;
  if (registry.pinned_store == to.traits().name && registry.moved_from == from.traits().name) {
    MCPCRED_CHECK(clean_up(file, registry, from, keys_in(registry, registry.pinned_store)));
    outcome.finished_earlier = true;
    return outcome;
  }
  if (registry.pinned_store != from.traits().name || from.traits().name == to.traits().name)
    return fail(ErrorCode::kConflict, "the store in use changed meanwhile", "mcpcred list");
  MCPCRED_TRY(own, read_keys(from));
  if (!own) return Unexpected(no_keys_error());
  MCPCRED_CHECK(registry.verify_trust(*own));

  const std::vector<EntryKey> keys = keys_in(registry, from.traits().name);
  MCPCRED_TRY(values, from.get_many(keys));
  MCPCRED_TRY(present, to.get_many(keys));
  MCPCRED_CHECK(check_target(keys, values, present, to.traits()));
  MCPCRED_CHECK(copy_values(to, keys, values, present));

  // The new store counts its own writes from here on; its id is part of the seal.
  own->passphrase = to_has_passphrase;
  point_to(registry, to, *own, keys, values);
  registry.anchor = to.anchor();
  const std::string seal = registry.make_seal(*own);
  own->seals = {seal};
  MCPCRED_CHECK(to.put(EntryKey::keys(), own->to_text()));
  registry.anchor = to.anchor();
  registry.trust_mac = seal;
  if (ItemAddresses* const addresses = to.addresses())
    registry.set_hint({registry.pinned_store, EntryKey::keys(), addresses->address_of(EntryKey::keys()), {}});
  MCPCRED_CHECK(file.save(registry));

  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].is_hidden()) continue;
    (values[i] ? outcome.moved : outcome.missing).push_back(keys[i]);
  }
  MCPCRED_CHECK(clean_up(file, registry, from, keys));
  return outcome;
}

}  // namespace mcpcred
