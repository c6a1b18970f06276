#include <algorithm>

#include "mcpcred/vault.h"

// A key is the `name` and `account` of a record in the vault's file. Cannot: hold more than 4096 records or 8 MiB.
namespace mcpcred {
namespace {

class VaultStore final : public SecretStore {
 public:
  explicit VaultStore(Vault& vault) : vault_(vault) {}

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"vault", "the encrypted vault", kMaxSecretBytes, true, true};
    return kTraits;
  }

  Result<void> available() override { return vault_.available(); }

  Result<std::optional<Secret>> get(const EntryKey& key) override { return vault_.get(key); }

  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    return vault_.get_many(keys);
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(check_put(traits(), value));
    return vault_.put(key, value);
  }

  Result<bool> erase(const EntryKey& key) override { return vault_.erase(key); }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_TRY(keys, vault_.keys());
    std::erase_if(keys, [](const EntryKey& key) { return key.is_hidden(); });
    return std::move(keys);
  }

  std::optional<StoreAnchor> anchor() const override { return vault_.anchor(); }

 private:
  Vault& vault_;
};

}  // namespace

std::unique_ptr<SecretStore> make_vault_store(Vault& vault) {
  return std::make_unique<VaultStore>(vault);
}

}  // namespace mcpcred
