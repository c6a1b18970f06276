#include <map>

#include "store/stores.h"

// A key maps to itself. Cannot: outlive the process.
namespace mcpcred {
namespace {

using Items = std::map<EntryKey, Secret>;

class Memory final : public MemoryStore {
 public:
  explicit Memory(std::shared_ptr<Items> items) : items_(std::move(items)) {}

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"memory", "the memory store", kMaxSecretBytes, true, true};
    return kTraits;
  }

  Result<void> available() override { return planned_failure(); }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    MCPCRED_CHECK(planned_failure());
    return look(key);
  }

  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    MCPCRED_CHECK(planned_failure());
    std::vector<std::optional<Secret>> values;
    values.reserve(keys.size());
    for (const EntryKey& key : keys) values.push_back(look(key));
    return values;
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(planned_failure());
    MCPCRED_CHECK(check_put(traits(), value));
    items_->insert_or_assign(key, value.clone());
    return {};
  }

  Result<bool> erase(const EntryKey& key) override {
    MCPCRED_CHECK(planned_failure());
    return items_->erase(key) != 0;
  }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_CHECK(planned_failure());
    std::vector<EntryKey> keys;
    for (const auto& [key, value] : *items_)
      if (!key.is_hidden()) keys.push_back(key);
    return keys;
  }

  void fail_next(Error error) override { failure_ = std::move(error); }

 private:
  std::optional<Secret> look(const EntryKey& key) const {
    const auto at = items_->find(key);
    if (at == items_->end()) return std::nullopt;
    return at->second.clone();
  }

  Result<void> planned_failure() {
    if (!failure_) return {};
    Error error = std::move(*failure_);
    failure_.reset();
    return Unexpected(std::move(error));
  }

  std::shared_ptr<Items> items_;
  std::optional<Error> failure_;
};

}  // namespace

std::unique_ptr<MemoryStore> make_memory_store() {
  return std::make_unique<Memory>(std::make_shared<Items>());
}

std::pair<std::unique_ptr<MemoryStore>, std::unique_ptr<MemoryStore>> make_shared_memory_stores() {
  auto items = std::make_shared<Items>();
  return {std::make_unique<Memory>(items), std::make_unique<Memory>(items)};
}

}  // namespace mcpcred
