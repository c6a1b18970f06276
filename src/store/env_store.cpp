#include <algorithm>

#include "store/get_each.h"
#include "store/stores.h"

// A key of the default account maps to the environment variable of its name; an empty variable counts as not set.
// Cannot: write, hold other accounts, hidden items or NUL bytes.
namespace mcpcred {
namespace {

class EnvStore final : public SecretStore {
 public:
  EnvStore(std::function<std::optional<std::string>(std::string_view)> lookup, std::vector<VariableName> names)
      : lookup_(std::move(lookup)), names_(std::move(names)) {
    std::sort(names_.begin(), names_.end());
  }

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"env", "the environment", kMaxSecretBytes, false, false};
    return kTraits;
  }

  Result<void> available() override { return {}; }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    if (key.is_hidden() || key.account() != "default") return std::optional<Secret>();
    std::optional<std::string> text = lookup_(key.variable());
    if (!text || text->empty()) return std::optional<Secret>();
    Secret value = Secret::copy_of(*text);
    wipe(text->data(), text->size());
    return std::optional<Secret>(std::move(value));
  }

  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    return get_each(*this, keys);
  }

  Result<void> put(const EntryKey&, const Secret& value) override { return check_put(traits(), value); }

  Result<bool> erase(const EntryKey& key) override {
    return fail(ErrorCode::kReadOnlyStore, "the environment is read-only",
                "unset " + key.variable() + " in the shell, or choose another store: --store vault");
  }

  Result<std::vector<EntryKey>> list() override {
    std::vector<EntryKey> keys;
    for (const VariableName& name : names_) {
      const EntryKey key(name);
      MCPCRED_TRY(value, get(key));
      if (value) keys.push_back(key);
    }
    return keys;
  }

 private:
  std::function<std::optional<std::string>(std::string_view)> lookup_;
  std::vector<VariableName> names_;
};

}  // namespace

std::unique_ptr<SecretStore> make_env_store(std::function<std::optional<std::string>(std::string_view)> lookup,
                                            std::vector<VariableName> names) {
  return std::make_unique<EnvStore>(std::move(lookup), std::move(names));
}

}  // namespace mcpcred
