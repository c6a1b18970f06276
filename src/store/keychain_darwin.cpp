#include <CoreFoundation/CoreFoundation.h>
#include <Security/Security.h>

#include <algorithm>

#include "core/hints.h"
#include "store/cf_ref_darwin.h"
#include "store/item_names.h"
#include "store/keychain_status.h"
#include "store/stores.h"

// A key is a generic password with service = variable and account as in item_names.h; the label is for people. Made in
// the default keychain (a file, as `security` uses it), found in all that the search list names, as `security` finds.
// An item without a byte counts as missing: it is no value of ours.
// Cannot: fetch several by a list of names (get_many asks for one after another; a query for all of them with their
// data is refused by the system); wipe the system's own copies of what it read.
namespace mcpcred {
namespace {

// SecKeychain* is deprecated in favour of a keychain that only signed applications can have, and that `security` does
// not see. Nothing else knows the default keychain's state.
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/// While it lives the system asks nobody: it fails with errSecInteractionNotAllowed or errSecAuthFailed instead.
/// kSecUseAuthenticationUI does not do that: securityd heeds it for the data protection keychain only, not for files.
/// The switch is one for the whole process, and therefore put back.
class NoQuestions {
 public:
  explicit NoQuestions(bool wanted) : active_(wanted) {
    if (!active_) return;
    if (SecKeychainGetUserInteractionAllowed(&before_) != errSecSuccess) before_ = 1;
    SecKeychainSetUserInteractionAllowed(0);
  }
  NoQuestions(const NoQuestions&) = delete;
  NoQuestions& operator=(const NoQuestions&) = delete;
  ~NoQuestions() {
    if (active_) SecKeychainSetUserInteractionAllowed(before_);
  }

 private:
  bool active_;
  Boolean before_ = 1;
};

/// A dictionary for the SecItem functions; keeps what is put into it.
class Query {
 public:
  Query()
      : values_(CFDictionaryCreateMutable(kCFAllocatorDefault, 0, &kCFTypeDictionaryKeyCallBacks,
                                          &kCFTypeDictionaryValueCallBacks)) {}
  Query& set(CFStringRef name, CFTypeRef value) {
    CFDictionarySetValue(values_.get(), name, value);
    return *this;
  }
  CFDictionaryRef get() const { return values_.get(); }

 private:
  CfRef<CFMutableDictionaryRef> values_;
};

std::string label_of(const EntryKey& key) {
  return key.account() == "default" ? key.variable() : key.variable() + " (" + key.account() + ")";
}

std::string shown(const EntryKey& key) {
  return key.variable() + account_option(key.account());
}

Unexpected failed(const char* doing, const EntryKey& key, OSStatus status) {
  return Unexpected(keychain_error(std::string("cannot ") + doing + " " + shown(key), status));
}

class Keychain final : public SecretStore {
 public:
  Keychain(std::string login, bool may_prompt) : login_(std::move(login)), may_prompt_(may_prompt) {}

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"keychain", "the Keychain", kMaxSecretBytes, true, true, true};
    return kTraits;
  }

  Result<void> available() override {
    MCPCRED_CHECK(check_login());
    CfRef<SecKeychainRef> keychain;
    SecKeychainStatus state = 0;
    OSStatus status = SecKeychainCopyDefault(keychain.receive());
    if (status == errSecSuccess) status = SecKeychainGetStatus(keychain.get(), &state);
    // A locked one is no error where the system may ask for its password.
    if (status == errSecSuccess && (state & kSecUnlockStateStatus) == 0 && !may_prompt_)
      status = errSecInteractionNotAllowed;
    if (status != errSecSuccess) return Unexpected(keychain_error("cannot use the Keychain", status));
    return {};
  }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    MCPCRED_TRY(query, item_query(key));
    query.set(kSecReturnData, kCFBooleanTrue).set(kSecMatchLimit, kSecMatchLimitOne);
    const NoQuestions guard(!may_prompt_);
    CfRef<CFTypeRef> found;
    const OSStatus status = SecItemCopyMatching(query.get(), found.receive());
    if (status == errSecItemNotFound) return std::optional<Secret>();
    if (status != errSecSuccess) return failed("read", key, status);
    if (!found || CFGetTypeID(found.get()) != CFDataGetTypeID()) return std::optional<Secret>();
    const auto data = static_cast<CFDataRef>(found.get());
    if (CFDataGetLength(data) == 0) return std::optional<Secret>();
    return std::optional<Secret>(Secret::copy_of(
        {reinterpret_cast<const char*>(CFDataGetBytePtr(data)), static_cast<std::size_t>(CFDataGetLength(data))}));
  }

  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    std::vector<std::optional<Secret>> values;
    values.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      // Each name once: every look may mean a question to the person.
      const auto same = static_cast<std::size_t>(std::find(keys.begin(), keys.end(), keys[i]) - keys.begin());
      if (same < i) {
        values.push_back(values[same] ? std::optional<Secret>(values[same]->clone()) : std::nullopt);
        continue;
      }
      MCPCRED_TRY(value, get(keys[i]));
      values.push_back(std::move(value));
    }
    return values;
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(check_put(traits(), value));
    MCPCRED_TRY(query, item_query(key));
    // Points at our bytes, so that there is no copy that nobody wipes.
    const CfRef<CFDataRef> data(CFDataCreateWithBytesNoCopy(kCFAllocatorDefault,
                                                            reinterpret_cast<const UInt8*>(value.reveal().data()),
                                                            static_cast<CFIndex>(value.size()), kCFAllocatorNull));
    const CfRef<CFStringRef> label = cf_string(label_of(key));
    MCPCRED_TRY(item, item_query(key));
    item.set(kSecAttrLabel, label.get()).set(kSecValueData, data.get());
    Query change;
    change.set(kSecValueData, data.get());

    const NoQuestions guard(!may_prompt_);
    OSStatus status = errSecItemNotFound;
    // The second round is for an item that another program made between our two calls.
    for (int round = 0; round < 2; ++round) {
      status = SecItemUpdate(query.get(), change.get());
      if (status != errSecItemNotFound) break;
      status = SecItemAdd(item.get(), nullptr);
      if (status != errSecDuplicateItem) break;
    }
    if (status != errSecSuccess) return failed("store", key, status);
    return {};
  }

  Result<bool> erase(const EntryKey& key) override {
    MCPCRED_TRY(query, item_query(key));
    const NoQuestions guard(!may_prompt_);
    // One call removes the first match only; another keychain of the search list may hold a second one.
    for (int removed = 0;; ++removed) {
      const OSStatus status = SecItemDelete(query.get());
      if (status == errSecItemNotFound) return removed != 0;
      if (status != errSecSuccess) return failed("remove", key, status);
    }
  }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_CHECK(check_login());
    Query query;
    query.set(kSecClass, kSecClassGenericPassword);
    query.set(kSecReturnAttributes, kCFBooleanTrue).set(kSecMatchLimit, kSecMatchLimitAll);
    const NoQuestions guard(!may_prompt_);
    CfRef<CFTypeRef> found;
    const OSStatus status = SecItemCopyMatching(query.get(), found.receive());
    std::vector<EntryKey> keys;
    if (status == errSecItemNotFound) return keys;
    if (status != errSecSuccess) return Unexpected(keychain_error("cannot list what is stored", status));
    if (!found || CFGetTypeID(found.get()) != CFArrayGetTypeID()) return keys;
    const auto items = static_cast<CFArrayRef>(found.get());
    for (CFIndex i = 0; i < CFArrayGetCount(items); ++i) {
      auto key = key_of(static_cast<CFDictionaryRef>(CFArrayGetValueAtIndex(items, i)));
      if (key && !key->is_hidden()) keys.push_back(std::move(*key));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
  }

 private:
  /// make_platform_store() cannot fail: it leaves the name empty where the user database has none.
  Result<void> check_login() const {
    if (!login_.empty()) return {};
    return fail(ErrorCode::kStoreUnavailable, "your login name is not known, under which the Keychain's items are kept",
                "use the vault: --store vault");
  }

  Result<Query> item_query(const EntryKey& key) const {
    MCPCRED_CHECK(check_login());
    MCPCRED_TRY(account_text, item_account(key, login_));
    const CfRef<CFStringRef> service = cf_string(key.variable());
    const CfRef<CFStringRef> account = cf_string(account_text);
    if (!service || !account)
      return fail(ErrorCode::kInvalidInput, "the login name is no UTF-8, which the Keychain's items need",
                  "use the vault: --store vault");
    Query query;
    query.set(kSecClass, kSecClassGenericPassword);
    query.set(kSecAttrService, service.get()).set(kSecAttrAccount, account.get());
    return query;
  }

  std::optional<EntryKey> key_of(CFDictionaryRef item) const {
    const auto service = text_of(CFDictionaryGetValue(item, kSecAttrService));
    const auto account = text_of(CFDictionaryGetValue(item, kSecAttrAccount));
    if (!service || !account) return std::nullopt;
    return key_of_item(*service, *account, login_);
  }

  std::string login_;
  bool may_prompt_;
};

}  // namespace

std::unique_ptr<SecretStore> make_keychain_store(std::string login, bool may_prompt) {
  return std::make_unique<Keychain>(std::move(login), may_prompt);
}

}  // namespace mcpcred
