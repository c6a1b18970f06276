#include <algorithm>
#include <array>
#include <memory>

#include "core/encoding.h"
#include "platform/process.h"
#include "store/item_names.h"
#include "store/libsecret_linux.h"
#include "store/stores.h"

// The Secret Service by libsecret's own calls, for its file backend (SECRET_BACKEND=file: no bus, a file that libsecret
// encrypts by a password it finds itself). A key maps to an item as in secret_service_linux.cpp.
// Cannot: tell two handles apart that write the file at once; hand out addresses. libsecret's store call replaces every
// item whose attributes include ours, so that nothing is written where another program's item would go with it.
namespace mcpcred {
namespace {

/// A search's answer: items, unreferenced with it.
class Items {
 public:
  Items(const Libsecret& calls, GList* list) : calls_(&calls), list_(list) {}
  Items(Items&& other) noexcept : calls_(other.calls_), list_(std::exchange(other.list_, nullptr)) {}
  Items& operator=(Items&&) = delete;
  ~Items() {
    if (list_ != nullptr) calls_->list_free_full(list_, calls_->object_unref);
  }
  const GList* first() const { return list_; }

 private:
  const Libsecret* calls_;
  GList* list_;
};

class LibsecretStore final : public SecretStore {
 public:
  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{
        "secret-service", "libsecret's encrypted file", kMaxSecretBytes, true, true, true};
    return kTraits;
  }

  Result<void> available() override {
    MCPCRED_CHECK(list());
    return {};
  }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_TRY(items, search(&key));
    void* found = nullptr;
    for (const GList* item = items.first(); item != nullptr; item = item->next) {
      if (!is_exact(*calls, item->data)) continue;
      if (found != nullptr)
        return fail(ErrorCode::kConflict, "libsecret's file has two items for " + key.variable(),
                    "remove one in the program that made it");
      found = item->data;
    }
    if (found == nullptr) return std::optional<Secret>();
    GError* error = nullptr;
    SecretValue* value = calls->item_secret(found, nullptr, &error);
    if (value == nullptr) return Unexpected(told(*calls, error));
    std::size_t size = 0;
    const char* bytes = calls->value_get(value, &size);
    Secret copy = Secret::copy_of({bytes, size});
    calls->value_unref(value);
    return std::optional<Secret>(std::move(copy));
  }

  // No call fetches several; each opens the file anew.
  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    std::vector<std::optional<Secret>> values;
    values.reserve(keys.size());
    for (const EntryKey& key : keys) {
      MCPCRED_TRY(value, get(key));
      values.push_back(std::move(value));
    }
    return values;
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(check_put(traits(), value));
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_CHECK(only_ours(*calls, key));
    MCPCRED_TRY(attributes, attributes_of(key));
    const Table table(*calls, attributes);
    SecretValue* secret =
        calls->value_new(value.reveal().data(), static_cast<std::ptrdiff_t>(value.size()), "text/plain");
    GError* error = nullptr;
    const bool stored =
        calls->password_store(nullptr, table.raw(), "default", key.variable().c_str(), secret, nullptr, &error) != 0;
    calls->value_unref(secret);
    return stored ? Result<void>() : Unexpected(told(*calls, error));
  }

  Result<bool> erase(const EntryKey& key) override {
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_CHECK(only_ours(*calls, key));
    MCPCRED_TRY(attributes, attributes_of(key));
    const Table table(*calls, attributes);
    GError* error = nullptr;
    const bool removed = calls->password_clear(nullptr, table.raw(), nullptr, &error) != 0;
    if (error != nullptr) return Unexpected(told(*calls, error));
    return removed;
  }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_TRY(calls, load_libsecret());
    MCPCRED_TRY(login, login_name());
    MCPCRED_TRY(items, search(nullptr));
    std::vector<EntryKey> keys;
    for (const GList* item = items.first(); item != nullptr; item = item->next) {
      GHashTable* table = calls->item_attributes(item->data);
      const auto* service = static_cast<const char*>(calls->table_lookup(table, "service"));
      const auto* account = static_cast<const char*>(calls->table_lookup(table, "account"));
      if (service != nullptr && account != nullptr && is_exact(*calls, item->data))
        if (const auto key = key_of_item(service, account, login); key && !key->is_hidden()) keys.push_back(*key);
      calls->table_unref(table);
    }
    std::sort(keys.begin(), keys.end());
    return keys;
  }

 private:
  using Attributes = std::array<std::string, 2>;  // service, account

  /// The attributes as libsecret takes them; points into what it was made from.
  class Table {
   public:
    Table(const Libsecret& calls, Attributes& attributes)
        : calls_(calls), table_(calls.table_new(calls.str_hash, calls.str_equal)) {
      static char service[] = "service";
      static char account[] = "account";
      calls.table_insert(table_, service, attributes[0].data());
      calls.table_insert(table_, account, attributes[1].data());
    }
    explicit Table(const Libsecret& calls) : calls_(calls), table_(calls.table_new(calls.str_hash, calls.str_equal)) {}
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;
    ~Table() { calls_.table_unref(table_); }
    GHashTable* raw() const { return table_; }

   private:
    const Libsecret& calls_;
    GHashTable* table_;
  };

  static Error told(const Libsecret& calls, GError* error) {
    Error translated{ErrorCode::kStoreUnavailable, "libsecret gave no reason", {}, 0};
    if (error != nullptr) {
      translated.message = "libsecret: " + printable(error->message == nullptr ? "" : error->message);
      translated.native = error->code;
      calls.error_free(error);
    }
    return translated;
  }

  static Result<Attributes> attributes_of(const EntryKey& key) {
    MCPCRED_TRY(login, login_name());
    MCPCRED_TRY(account, item_account(key, login));
    return Attributes{key.variable(), account};
  }

  // All items that have the attributes of `key` and maybe more; every item for nullptr.
  static Result<Items> search(const EntryKey* key) {
    MCPCRED_TRY(calls, load_libsecret());
    GError* error = nullptr;
    GList* found = nullptr;
    if (key == nullptr) {
      const Table table(*calls);
      found = calls->password_search(nullptr, table.raw(), Libsecret::kSearchAll, nullptr, &error);
    } else {
      MCPCRED_TRY(attributes, attributes_of(*key));
      const Table table(*calls, attributes);
      found = calls->password_search(nullptr, table.raw(), Libsecret::kSearchAll, nullptr, &error);
    }
    Items items(*calls, found);
    if (error != nullptr) return Unexpected(told(*calls, error));
    return items;
  }

  // The search has compared service and account; what is left is that there is nothing else.
  static bool is_exact(const Libsecret& calls, void* item) {
    GHashTable* table = calls.item_attributes(item);
    const auto* schema = static_cast<const char*>(calls.table_lookup(table, "xdg:schema"));
    const bool generic = schema != nullptr && std::string_view(schema) == "org.freedesktop.Secret.Generic";
    const bool exact = calls.table_size(table) == (generic ? 3U : 2U);
    calls.table_unref(table);
    return exact;
  }

  static Result<void> only_ours(const Libsecret& calls, const EntryKey& key) {
    MCPCRED_TRY(items, search(&key));
    for (const GList* item = items.first(); item != nullptr; item = item->next)
      if (!is_exact(calls, item->data))
        return fail(ErrorCode::kConflict,
                    "another program's item for " + key.variable() + " in libsecret's file would be changed too",
                    "choose another account: --account NAME");
    return {};
  }
};

}  // namespace

std::unique_ptr<SecretStore> make_libsecret_store() {
  return std::make_unique<LibsecretStore>();
}

}  // namespace mcpcred
