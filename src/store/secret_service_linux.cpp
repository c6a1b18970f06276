#include <algorithm>

#include "platform/process.h"
#include "store/item_names.h"
#include "store/secret_service_calls_linux.h"
#include "store/secret_service_errors.h"
#include "store/stores.h"

// A key is an item of the default collection with exactly the attributes `service` (the variable) and `account` (see
// item_names.h), as `secret-tool store` makes them; gnome-keyring adds `xdg:schema` when it reloads its file, and that
// value counts as none. An item with any other attribute is another program's, and is never touched.
// Cannot: keep two handles from making the same new item at once (the caller's lock does).
namespace mcpcred {
namespace {

constexpr std::string_view kSchema = "xdg:schema";
constexpr std::string_view kGenericSchema = "org.freedesktop.Secret.Generic";

bool is_exactly(const ItemAttributes& present, const ItemAttributes& wanted) {
  ItemAttributes rest = present;
  if (const auto schema = rest.find(std::string(kSchema)); schema != rest.end() && schema->second == kGenericSchema)
    rest.erase(schema);
  return rest == wanted;
}

// What a person sees in the keyring's own program.
std::string label_of(const EntryKey& key) {
  if (key == EntryKey::keys()) return "mcpcred: its own keys, without which it releases nothing";
  return key.variable() + (key.account() == "default" ? "" : " (" + key.account() + ")");
}

class SecretService final : public SecretStore, private ItemAddresses {
 public:
  SecretService(BusConnection::Environment environment, bool may_prompt) : calls_(std::move(environment), may_prompt) {}

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"secret-service", "the Secret Service", kMaxSecretBytes, true, true, true};
    return kTraits;
  }

  Result<void> available() override {
    MCPCRED_CHECK(login());
    MCPCRED_CHECK(calls_.default_collection());
    return {};
  }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    MCPCRED_TRY(values, get_many({&key, 1}));
    return std::move(values.front());
  }

  // Three waits whatever the number: searches, attributes of what they found, and the secrets of what matches. A secret
  // is asked for only when the item is known to be ours.
  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    MCPCRED_TRY(paths, find(keys));
    std::vector<std::string> present;
    for (const std::string& path : paths)
      if (!path.empty()) present.push_back(path);
    MCPCRED_TRY(secrets, calls_.secrets(present));
    std::vector<std::optional<Secret>> values(keys.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (paths[i].empty()) continue;
      values[i] = std::move(secrets[next++]);
      // find() has unlocked it, so that a provider that leaves it out has an answer for nobody.
      if (!values[i]) return Unexpected(locked_error());
      addresses_.insert_or_assign(keys[i], paths[i]);
    }
    return values;
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(check_put(traits(), value));
    MCPCRED_TRY(paths, find({&key, 1}));
    std::string path = paths.front();
    if (!path.empty()) {
      MCPCRED_CHECK(calls_.set_secret(path, value));
    } else {
      MCPCRED_TRY(wanted, attributes_of(key));
      MCPCRED_TRY(created, calls_.create(label_of(key), wanted, value));
      path = created;
    }
    addresses_.insert_or_assign(key, path);
    return {};
  }

  Result<bool> erase(const EntryKey& key) override {
    MCPCRED_TRY(paths, find({&key, 1}));
    addresses_.erase(key);
    if (paths.front().empty()) return false;
    MCPCRED_CHECK(calls_.remove(paths.front()));
    return true;
  }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_TRY(name, login());
    const ItemAttributes everything;
    MCPCRED_TRY(found, calls_.search({&everything, 1}));
    std::vector<std::string> paths = std::move(found.front().unlocked);
    paths.insert(paths.end(), found.front().locked.begin(), found.front().locked.end());
    MCPCRED_TRY(attributes, calls_.attributes(paths));
    std::vector<EntryKey> keys;
    for (const std::optional<ItemAttributes>& present : attributes) {
      if (!present || !present->contains("service") || !present->contains("account")) continue;
      const auto key = key_of_item(present->at("service"), present->at("account"), *name);
      if (!key || key->is_hidden()) continue;
      MCPCRED_TRY(wanted, attributes_of(*key));
      if (is_exactly(*present, wanted)) keys.push_back(*key);
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
  }

  ItemAddresses* addresses() override { return this; }

 private:
  Result<std::vector<std::optional<Secret>>> get_at(std::span<const std::string> addresses) override {
    auto values = calls_.secrets(addresses);
    if (!values && values.error().code == ErrorCode::kNotFound)
      return std::vector<std::optional<Secret>>(addresses.size());
    return values;
  }

  std::string address_of(const EntryKey& key) const override {
    const auto at = addresses_.find(key);
    return at == addresses_.end() ? std::string() : at->second;
  }

  Result<const std::string*> login() {
    if (login_.empty()) {
      MCPCRED_TRY(name, login_name());
      login_ = name;
    }
    return &login_;
  }

  Result<ItemAttributes> attributes_of(const EntryKey& key) {
    MCPCRED_TRY(name, login());
    MCPCRED_TRY(account, item_account(key, *name));
    return ItemAttributes{{"service", key.variable()}, {"account", account}};
  }

  // The item of each key, unlocked; empty where there is none. kConflict where there are two.
  Result<std::vector<std::string>> find(std::span<const EntryKey> keys) {
    std::vector<ItemAttributes> queries;
    queries.reserve(keys.size());
    for (const EntryKey& key : keys) {
      MCPCRED_TRY(query, attributes_of(key));
      queries.push_back(std::move(query));
    }
    MCPCRED_TRY(found, calls_.search(queries));
    std::vector<std::string> locked;
    for (const FoundItems& items : found) locked.insert(locked.end(), items.locked.begin(), items.locked.end());
    if (!locked.empty()) {
      MCPCRED_CHECK(calls_.unlock(locked));
      MCPCRED_TRY(again, calls_.search(queries));
      found = std::move(again);
    }
    std::vector<std::string> candidates;
    for (const FoundItems& items : found) {
      if (!items.locked.empty()) return Unexpected(locked_error());
      candidates.insert(candidates.end(), items.unlocked.begin(), items.unlocked.end());
    }
    MCPCRED_TRY(attributes, calls_.attributes(candidates));
    std::vector<std::string> paths(keys.size());
    std::size_t next = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      for (std::size_t end = next + found[i].unlocked.size(); next < end; ++next) {
        if (!attributes[next] || !is_exactly(*attributes[next], queries[i])) continue;
        if (!paths[i].empty()) return Unexpected(two_items(keys[i], queries[i], paths[i], candidates[next]));
        paths[i] = candidates[next];
      }
    }
    return paths;
  }

  static Error two_items(const EntryKey& key, const ItemAttributes& attributes, const std::string& one,
                         const std::string& other) {
    return {ErrorCode::kConflict,
            "the Secret Service has two items for " + label_of(key) + ": " + one + " and " + other,
            "look at them: secret-tool search --all service " + attributes.at("service") + " account " +
                attributes.at("account") + "\nremove one in the keyring's own program",
            0};
  }

  SecretServiceCalls calls_;
  std::string login_;
  std::map<EntryKey, std::string> addresses_;
};

}  // namespace

std::unique_ptr<SecretStore> make_secret_service_store(
    std::function<std::optional<std::string>(std::string_view)> environment, bool may_prompt) {
  return std::make_unique<SecretService>(std::move(environment), may_prompt);
}

}  // namespace mcpcred
