#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/ids.h"
#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// What is fixed about a store.
struct StoreTraits {
  std::string_view name;   ///< as in --store: "vault", "env", "memory", …
  std::string_view title;  ///< as in messages: "the encrypted vault"
  std::size_t max_bytes;   ///< largest value accepted by put()
  bool writable;           ///< false: put() and erase() answer kReadOnlyStore
  bool keeps_registry;     ///< false: no registry, approvals or audit go with it ("env")
  bool shared = false;  ///< other programs keep items of their own there, and list() may show such that look like ours
};

/// How far a store's content has come, for stores that count their writes.
struct StoreAnchor {
  std::string id;                ///< which instance (the vault's id, 32 hex digits)
  std::uint64_t generation = 0;  ///< raised by one at each write
};

/// For stores whose items have an address of their own: to fetch by address spares the search. What comes back is not
/// proved to be the item that the caller means; addresses come from a file that others may have written.
class ItemAddresses {
 public:
  virtual ~ItemAddresses() = default;

  /// One element an address, in their order; nullopt: nothing there that can be read now.
  virtual Result<std::vector<std::optional<Secret>>> get_at(std::span<const std::string> addresses) = 0;

  /// Where the item of `key` was when this handle last read or wrote it; empty: not known.
  virtual std::string address_of(const EntryKey& key) const = 0;
};

/// Where credential values live. One contract for all of them: tests/contract/store_contract.
/// Not thread-safe; two handles (or processes) on one store see each other's finished writes.
class SecretStore {
 public:
  virtual ~SecretStore() = default;

  virtual const StoreTraits& traits() const = 0;

  /// Cheap. An error says why the store cannot be used now (locked, absent, denied) and what to type.
  virtual Result<void> available() = 0;

  /// The value, or nullopt where nothing is stored under `key`.
  virtual Result<std::optional<Secret>> get(const EntryKey& key) = 0;

  /// One element a key, in the order of `keys`, in as few round trips as the platform allows.
  virtual Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) = 0;

  /// Stores or replaces. Empty and too large values are refused (kInvalidInput, kTooLarge) and leave the old one.
  virtual Result<void> put(const EntryKey& key, const Secret& value) = 0;

  /// True: removed. False: there was nothing.
  virtual Result<bool> erase(const EntryKey& key) = 0;

  /// Our own names without the hidden ones, sorted; opens no secret where the platform allows it.
  virtual Result<std::vector<EntryKey>> list() = 0;

  /// The state after the last call of this handle, where the store counts its writes.
  virtual std::optional<StoreAnchor> anchor() const { return std::nullopt; }

  /// nullptr for stores that know their items by name alone.
  virtual ItemAddresses* addresses() { return nullptr; }
};

/// The checks that come before every put(): not empty, not over `traits.max_bytes`, store writable.
Result<void> check_put(const StoreTraits& traits, const Secret& value);

}  // namespace mcpcred
