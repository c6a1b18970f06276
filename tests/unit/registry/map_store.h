#pragma once

#include <map>
#include <stdexcept>
#include <string>

#include "mcpcred/store.h"

namespace mcpcred::test {

inline EntryKey key(std::string_view variable) {
  return EntryKey(*VariableName::parse(variable));
}

/// A store in memory that can fail; tests/contract holds the real ones to the same rules. With `with_addresses` it is
/// one like the system's: shared with others, its items have addresses, and it counts its searches.
class MapStore final : public SecretStore, public ItemAddresses {
 public:
  explicit MapStore(std::string_view name = "vault", bool with_addresses = false)
      : traits_{name, "the test store", kMaxSecretBytes, true, true, with_addresses}, addressed_(with_addresses) {}

  const StoreTraits& traits() const override { return traits_; }
  Result<void> available() override { return {}; }
  Result<std::optional<Secret>> get(const EntryKey& key) override {
    ++searches;
    const auto at = items.find(key);
    return at == items.end() ? std::optional<Secret>() : std::optional<Secret>(at->second.clone());
  }
  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    std::vector<std::optional<Secret>> values;
    for (const EntryKey& key : keys) values.push_back(*get(key));
    return values;
  }
  Result<void> put(const EntryKey& key, const Secret& value) override {
    if (puts_until_death == 0) throw std::runtime_error("killed");
    if (puts_until_death > 0) --puts_until_death;
    if (fail_put && !key.is_hidden()) return fail(ErrorCode::kIo, "the disk is full");
    if (die_at_put && !key.is_hidden()) throw std::runtime_error("killed");
    items.insert_or_assign(key, value.clone());
    return {};
  }
  Result<bool> erase(const EntryKey& key) override {
    if (fail_erase) return fail(ErrorCode::kIo, "the disk is full");
    return items.erase(key) != 0;
  }
  Result<std::vector<EntryKey>> list() override {
    ++listings;
    std::vector<EntryKey> keys;
    for (const auto& [key, value] : items)
      if (!key.is_hidden()) keys.push_back(key);
    return keys;
  }

  ItemAddresses* addresses() override { return addressed_ ? this : nullptr; }
  Result<std::vector<std::optional<Secret>>> get_at(std::span<const std::string> wanted) override {
    std::vector<std::optional<Secret>> values(wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i)
      for (const auto& [key, value] : items)
        if (address_of(key) == wanted[i]) values[i] = value.clone();
    return values;
  }
  std::string address_of(const EntryKey& key) const override {
    return "/" + generation + "/" + key.variable() + "/" + key.account();
  }

  std::map<EntryKey, Secret> items;
  std::string generation = "1";  ///< part of every address
  bool fail_put = false;
  bool fail_erase = false;
  bool die_at_put = false;
  int puts_until_death = -1;
  int searches = 0;
  int listings = 0;

 private:
  StoreTraits traits_;
  bool addressed_;
};

}  // namespace mcpcred::test
