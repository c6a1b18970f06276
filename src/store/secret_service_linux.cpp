#include <algorithm>

#include "platform/process.h"
#include "store/item_names.h"
#include "store/secret_service_calls_linux.h"
#include "store/secret_service_errors.h"
#include "store/stores.h"

// A key is an item, made in the default collection and found in any, with exactly the attributes `service` (the
// variable) and `account` (see item_names.h), as `secret-tool store` makes them; gnome-keyring adds `xdg:schema` when
// it reloads its file, and that value counts as none. An item with any other attribute is another program's, and is
// never touched. Cannot: keep two handles from making the same new item at once (the caller's lock does).
namespace mcpcred {
namespace {

constexpr std::string_view kSchema = "xdg:schema";
constexpr std::string_view kGenericSchema = "org.freedesktop.Secret.Generic";

// What gnome-keyring shows of a keyring that was not unlocked since it started.
constexpr const char* kHashedService = "gkr:compat:hashed:service";

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
      // Ours are never empty; what another program left empty is nothing to hand out.
      if (values[i]->empty()) values[i].reset();
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
    std::vector<std::string> paths = found.front().unlocked;
    paths.insert(paths.end(), found.front().locked.begin(), found.front().locked.end());
    MCPCRED_TRY(attributes, calls_.attributes(paths));
    std::vector<EntryKey> keys;
    bool hidden = false;
    for (const std::optional<ItemAttributes>& present : attributes) {
      hidden = hidden || (present && present->contains(kHashedService));
      if (!present || !present->contains("service") || !present->contains("account")) continue;
      const auto key = key_of_item(present->at("service"), present->at("account"), *name);
      if (!key || key->is_hidden()) continue;
      MCPCRED_TRY(wanted, attributes_of(*key));
      if (is_exactly(*present, wanted)) keys.push_back(*key);
    }
    // Beside an open keyring a closed one is somebody's second; alone it is the one that we would list.
    if (hidden && found.front().unlocked.empty()) return Unexpected(locked_error());
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
    MCPCRED_TRY(locked, locked_candidates(queries, found));
    if (!locked.empty()) {
      MCPCRED_CHECK(calls_.unlock(locked));
      MCPCRED_TRY(again, calls_.search(queries));
      found = std::move(again);
      MCPCRED_TRY(still, locked_candidates(queries, found));
      if (!still.empty()) return Unexpected(locked_error());
    }
    std::vector<std::string> candidates;
    for (const FoundItems& items : found)
      candidates.insert(candidates.end(), items.unlocked.begin(), items.unlocked.end());
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

  // Locked items that may be ours. Nobody is asked to unlock what plainly belongs to another program; of a keyring that
  // was not open since its start the attributes cannot be seen.
  Result<std::vector<std::string>> locked_candidates(const std::vector<ItemAttributes>& queries,
                                                     const std::vector<FoundItems>& found) {
    std::vector<std::string> paths;
    std::vector<std::size_t> query_of;
    for (std::size_t i = 0; i < found.size(); ++i) {
      paths.insert(paths.end(), found[i].locked.begin(), found[i].locked.end());
      query_of.resize(paths.size(), i);
    }
    if (paths.empty()) return paths;
    MCPCRED_TRY(attributes, calls_.attributes(paths));
    std::vector<std::string> candidates;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const bool foreign =
          attributes[i] && attributes[i]->contains("service") && !is_exactly(*attributes[i], queries[query_of[i]]);
      if (!foreign) candidates.push_back(paths[i]);
    }
    return candidates;
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
