#include <algorithm>

#include "platform/process.h"
#include "store/get_each.h"
#include "store/item_names.h"
#include "store/libsecret_items_linux.h"
#include "store/secret_service_errors.h"
#include "store/stores.h"

// The Secret Service by libsecret's own calls: for its file backend (SECRET_BACKEND=file: no bus, a file that libsecret
// encrypts by a password it finds itself), and for a session whose values are encrypted on the bus. A key maps to an
// item as in secret_service_linux.cpp.
// Cannot: hand out addresses; with the file, tell two handles apart that write at once.
namespace mcpcred {
namespace {

class LibsecretStore final : public SecretStore {
 public:
  explicit LibsecretStore(LibsecretUse use, bool may_prompt) : use_(use), may_prompt_(may_prompt) {}

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"secret-service", "the Secret Service", kMaxSecretBytes, true, true, true};
    return kTraits;
  }

  Result<void> available() override {
    MCPCRED_CHECK(search(nullptr, Unlock::kNo));
    return {};
  }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_TRY(items, search(&key, Unlock::kYes));
    MCPCRED_TRY(item, only_exact(*calls, items, key));
    if (item == nullptr) return std::optional<Secret>();
    GError* error = nullptr;
    SecretValue* value = calls->item_secret(item, nullptr, &error);
    if (value == nullptr) return Unexpected(libsecret_error(*calls, error));
    std::size_t size = 0;
    const char* bytes = calls->value_get(value, &size);
    Secret copy = Secret::copy_of({bytes, size});
    calls->value_unref(value);
    return std::optional<Secret>(std::move(copy));
  }

  // No call fetches several.
  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    return get_each(*this, keys);
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(check_put(traits(), value));
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_TRY(items, search(&key, Unlock::kYes));
    if (use_ == LibsecretUse::kFile) MCPCRED_CHECK(all_exact(*calls, items, key));
    MCPCRED_TRY(item, only_exact(*calls, items, key));
    MCPCRED_TRY(attributes, attributes_of(key));
    SecretValue* secret =
        calls->value_new(value.reveal().data(), static_cast<std::ptrdiff_t>(value.size()), "text/plain");
    GError* error = nullptr;
    const bool stored = use_ == LibsecretUse::kFile ? store_in_file(*calls, key, attributes, secret, error)
                        : item != nullptr           ? calls->item_set_secret(item, secret, nullptr, &error) != 0
                                                    : create(*calls, key, attributes, secret, error);
    calls->value_unref(secret);
    if (stored) return {};
    return Unexpected(error == nullptr ? no_collection_error() : libsecret_error(*calls, error));
  }

  Result<bool> erase(const EntryKey& key) override {
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_TRY(items, search(&key, Unlock::kYes));
    if (use_ == LibsecretUse::kFile) MCPCRED_CHECK(all_exact(*calls, items, key));
    MCPCRED_TRY(item, only_exact(*calls, items, key));
    if (item == nullptr) return false;
    GError* error = nullptr;
    bool removed = false;
    if (use_ == LibsecretUse::kFile) {
      MCPCRED_TRY(attributes, attributes_of(key));
      const LibsecretAttributes table(*calls, attributes);
      removed = calls->password_clear(nullptr, table.raw(), nullptr, &error) != 0;
    } else {
      removed = calls->item_delete(item, nullptr, &error) != 0;
    }
    if (error != nullptr) return Unexpected(libsecret_error(*calls, error));
    return removed;
  }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_TRY(login, login_name());
    MCPCRED_TRY(items, search(nullptr, Unlock::kNo));
    std::vector<EntryKey> keys;
    for (const GList* item = items.first(); item != nullptr; item = item->next) {
      GHashTable* table = calls->item_attributes(item->data);
      const auto* service = static_cast<const char*>(calls->table_lookup(table, "service"));
      const auto* account = static_cast<const char*>(calls->table_lookup(table, "account"));
      if (service != nullptr && account != nullptr && has_only_our_attributes(*calls, item->data))
        if (const auto key = key_of_item(service, account, login); key && !key->is_hidden()) keys.push_back(*key);
      calls->table_unref(table);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
  }

 private:
  using Attributes = LibsecretAttributes::Values;
  enum class Unlock : std::uint8_t { kNo, kYes };

  static Result<Attributes> attributes_of(const EntryKey& key) {
    MCPCRED_TRY(login, login_name());
    MCPCRED_TRY(account, item_account(key, login));
    return Attributes{key.variable(), account};
  }

  // All items that have the attributes of `key` and maybe more; every item for nullptr.
  Result<LibsecretItems> search(const EntryKey* key, Unlock unlock) const {
    MCPCRED_TRY(calls, load_libsecret());
    Attributes values;
    if (key != nullptr) {
      MCPCRED_TRY(wanted, attributes_of(*key));
      values = std::move(wanted);
    }
    const int unlocking = may_prompt_ && unlock == Unlock::kYes ? Libsecret::kSearchUnlock : 0;
    const LibsecretAttributes every(*calls);
    const LibsecretAttributes exact(*calls, values);
    const LibsecretLimit limit(*calls, kPromptLimit);
    GError* error = nullptr;
    LibsecretItems items(*calls, calls->password_search(nullptr, key == nullptr ? every.raw() : exact.raw(),
                                                        Libsecret::kSearchAll | unlocking, limit.raw(), &error));
    if (limit.expired() && error != nullptr) {
      calls->error_free(error);
      return Unexpected(prompt_timeout_error());
    }
    if (error != nullptr) return Unexpected(libsecret_error(*calls, error));
    return items;
  }

  static Result<void*> only_exact(const Libsecret& calls, const LibsecretItems& items, const EntryKey& key) {
    void* found = nullptr;
    for (const GList* item = items.first(); item != nullptr; item = item->next) {
      if (!has_only_our_attributes(calls, item->data)) continue;
      if (found != nullptr)
        return fail(ErrorCode::kConflict, "the Secret Service has two items for " + key.variable(),
                    "remove one in the program that made it");
      found = item->data;
    }
    return found;
  }

  // In the file, storing and clearing take every item whose attributes include ours.
  static Result<void> all_exact(const Libsecret& calls, const LibsecretItems& items, const EntryKey& key) {
    for (const GList* item = items.first(); item != nullptr; item = item->next)
      if (!has_only_our_attributes(calls, item->data))
        return fail(ErrorCode::kConflict,
                    "another program's item for " + key.variable() + " in libsecret's file would be changed too",
                    "choose another account: --account NAME");
    return {};
  }

  static bool store_in_file(const Libsecret& calls, const EntryKey& key, Attributes& attributes, SecretValue* secret,
                            GError*& error) {
    const LibsecretAttributes table(calls, attributes);
    return calls.password_store(nullptr, table.raw(), "default", key.variable().c_str(), secret, nullptr, &error) != 0;
  }

  static bool create(const Libsecret& calls, const EntryKey& key, Attributes& attributes, SecretValue* secret,
                     GError*& error) {
    constexpr int kNotReplacing = 0;
    void* service = calls.service_get(Libsecret::kOpenSession, nullptr, &error);
    if (service == nullptr) return false;
    void* item = nullptr;
    if (void* collection = calls.collection_for_alias(service, "default", 0, nullptr, &error); collection != nullptr) {
      const LibsecretAttributes table(calls, attributes);
      item = calls.item_create(collection, nullptr, table.raw(), key.variable().c_str(), secret, kNotReplacing, nullptr,
                               &error);
      calls.object_unref(collection);
    }
    calls.object_unref(service);
    if (item != nullptr) calls.object_unref(item);
    return item != nullptr;
  }

  LibsecretUse use_;
  bool may_prompt_;
};

}  // namespace

std::unique_ptr<SecretStore> make_libsecret_store(LibsecretUse use, bool may_prompt) {
  return std::make_unique<LibsecretStore>(use, may_prompt);
}

}  // namespace mcpcred
