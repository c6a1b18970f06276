#include "keychain/stand_in.h"

#include <Security/Security.h>

#include <algorithm>
#include <initializer_list>
#include <list>
#include <optional>

#include "keychain/stand_in_foundation.h"

using mcpcred::test::keychain::Kind;
using mcpcred::test::keychain::Object;

struct StandInKeychain final : Object {
  StandInKeychain() : Object(Kind::kKeychain) {}
};

namespace mcpcred::test::keychain {
namespace {

struct Item {
  std::optional<std::string> service;
  std::string account;
  std::string label;
  std::string value;
  bool elsewhere = false;
};

struct State {
  std::list<Item> items;  // in the order in which the search list finds them
  bool locked = false;
  bool may_ask = true;
  int questions = 0;
  int values_read = 0;
  int calls_to_failure = 0;
  OSStatus failure = errSecSuccess;
};
State state;

/// The planned answer of this call, else success.
OSStatus planned() {
  if (state.calls_to_failure == 0 || --state.calls_to_failure > 0) return errSecSuccess;
  return state.failure;
}

OSStatus unlock() {
  if (!state.locked) return errSecSuccess;
  if (!state.may_ask) return errSecInteractionNotAllowed;
  ++state.questions;
  state.locked = false;
  return errSecSuccess;
}

struct Allowed {
  CFStringRef key;
  Kind kind;
};

/// Whether `dictionary` holds these keys only, each with a value of its type.
bool holds_only(CFDictionaryRef dictionary, std::initializer_list<Allowed> allowed) {
  return dictionary != nullptr && std::all_of(dictionary->entries.begin(), dictionary->entries.end(), [&](auto& entry) {
           return std::any_of(allowed.begin(), allowed.end(), [&](const Allowed& one) {
             return entry.first->text == one.key->text && static_cast<const Object*>(entry.second)->kind == one.kind;
           });
         });
}

std::optional<std::string> text(CFDictionaryRef dictionary, CFStringRef key) {
  const void* value = CFDictionaryGetValue(dictionary, key);
  if (value == nullptr) return std::nullopt;
  return static_cast<CFStringRef>(value)->text;
}

bool is_true(CFDictionaryRef dictionary, CFStringRef key) {
  const void* value = CFDictionaryGetValue(dictionary, key);
  return value != nullptr && static_cast<CFBooleanRef>(value)->value;
}

bool is_generic_password(CFDictionaryRef dictionary) {
  return text(dictionary, kSecClass) == kSecClassGenericPassword->text;
}

std::string bytes(CFDictionaryRef dictionary) {
  const auto data = static_cast<CFDataRef>(CFDictionaryGetValue(dictionary, kSecValueData));
  return {reinterpret_cast<const char*>(data->bytes), static_cast<std::size_t>(data->size)};
}

bool matches(const Item& item, CFDictionaryRef query) {
  const auto service = text(query, kSecAttrService);
  const auto account = text(query, kSecAttrAccount);
  return (!service || item.service == service) && (!account || item.account == *account);
}

std::list<Item>::iterator first_match(CFDictionaryRef query) {
  return std::find_if(state.items.begin(), state.items.end(), [&](const Item& item) { return matches(item, query); });
}

/// service and account, and nothing else: the only query for one item that the store makes.
bool names_one_item(CFDictionaryRef query) {
  return is_generic_password(query) && text(query, kSecAttrService) && text(query, kSecAttrAccount);
}

void set(StandInDictionary* dictionary, CFStringRef key, std::string_view value) {
  auto* string = new StandInString(std::string(value));
  CFDictionarySetValue(dictionary, key, string);
  CFRelease(string);
}

CFTypeRef attributes_of(const Item& item) {
  auto* attributes = new StandInDictionary;
  set(attributes, kSecClass, kSecClassGenericPassword->text);
  if (item.service) set(attributes, kSecAttrService, *item.service);
  set(attributes, kSecAttrAccount, item.account);
  set(attributes, kSecAttrLabel, item.label);
  return attributes;
}

CFTypeRef data_of(const Item& item) {
  ++state.values_read;
  auto* data = new StandInData;
  data->owned = item.value;
  data->bytes = reinterpret_cast<const UInt8*>(data->owned.data());
  data->size = static_cast<CFIndex>(data->owned.size());
  return data;
}

}  // namespace

void reset() {
  state = State();
}

void add_item(std::string_view service, std::string_view account, std::string_view value) {
  state.items.push_front({std::string(service), std::string(account), std::string(service), std::string(value), false});
}

void add_item_without_service(std::string_view account, std::string_view value) {
  state.items.push_front({std::nullopt, std::string(account), "no service", std::string(value), false});
}

void add_item_elsewhere(std::string_view service, std::string_view account, std::string_view value) {
  state.items.push_back({std::string(service), std::string(account), std::string(service), std::string(value), true});
}

std::string label_of(std::string_view service, std::string_view account) {
  for (const Item& item : state.items)
    if (item.service == service && item.account == account) return item.label;
  return {};
}

void fail_call(int n, std::int32_t status) {
  state.calls_to_failure = n;
  state.failure = status;
}

void lock() {
  state.locked = true;
}

int questions_asked() {
  return state.questions;
}

bool questions_allowed() {
  return state.may_ask;
}

int values_read() {
  return state.values_read;
}

namespace {

const StandInString class_key("class", true);
const StandInString class_generic("genp", true);
const StandInString service_key("svce", true);
const StandInString account_key("acct", true);
const StandInString label_key("labl", true);
const StandInString value_key("v_Data", true);
const StandInString return_data("r_Data", true);
const StandInString return_attributes("r_Attributes", true);
const StandInString match_limit("m_Limit", true);
const StandInString limit_one("m_LimitOne", true);
const StandInString limit_all("m_LimitAll", true);

}  // namespace
}  // namespace mcpcred::test::keychain

using namespace mcpcred::test::keychain;  // NOLINT(google-build-using-namespace)

extern "C" {

const CFStringRef kSecClass = &class_key;
const CFStringRef kSecClassGenericPassword = &class_generic;
const CFStringRef kSecAttrService = &service_key;
const CFStringRef kSecAttrAccount = &account_key;
const CFStringRef kSecAttrLabel = &label_key;
const CFStringRef kSecValueData = &value_key;
const CFStringRef kSecReturnData = &return_data;
const CFStringRef kSecReturnAttributes = &return_attributes;
const CFStringRef kSecMatchLimit = &match_limit;
const CFStringRef kSecMatchLimitOne = &limit_one;
const CFStringRef kSecMatchLimitAll = &limit_all;

OSStatus SecItemAdd(CFDictionaryRef attributes, CFTypeRef* result) {
  if (const OSStatus status = planned(); status != errSecSuccess) return status;
  // The store wants nothing back; asking would need a kSecReturn… key.
  if (result != nullptr || !holds_only(attributes, {{kSecClass, Kind::kString},
                                                    {kSecAttrService, Kind::kString},
                                                    {kSecAttrAccount, Kind::kString},
                                                    {kSecAttrLabel, Kind::kString},
                                                    {kSecValueData, Kind::kData}}))
    return errSecParam;
  if (!names_one_item(attributes) || CFDictionaryGetValue(attributes, kSecValueData) == nullptr) return errSecParam;
  if (const OSStatus status = unlock(); status != errSecSuccess) return status;
  const bool is_there = std::any_of(state.items.begin(), state.items.end(),
                                    [&](const Item& item) { return !item.elsewhere && matches(item, attributes); });
  if (is_there) return errSecDuplicateItem;
  const std::string service = *text(attributes, kSecAttrService);
  state.items.push_front({service, *text(attributes, kSecAttrAccount),
                          text(attributes, kSecAttrLabel).value_or(service), bytes(attributes), false});
  return errSecSuccess;
}

OSStatus SecItemCopyMatching(CFDictionaryRef query, CFTypeRef* result) {
  if (const OSStatus status = planned(); status != errSecSuccess) return status;
  if (result == nullptr || !holds_only(query, {{kSecClass, Kind::kString},
                                               {kSecAttrService, Kind::kString},
                                               {kSecAttrAccount, Kind::kString},
                                               {kSecReturnData, Kind::kBoolean},
                                               {kSecReturnAttributes, Kind::kBoolean},
                                               {kSecMatchLimit, Kind::kString}}))
    return errSecParam;
  const std::string limit = text(query, kSecMatchLimit).value_or(kSecMatchLimitOne->text);
  const bool all = limit == kSecMatchLimitAll->text;
  const bool data = is_true(query, kSecReturnData);
  const bool attributes = is_true(query, kSecReturnAttributes);
  if (!is_generic_password(query) || (!all && limit != kSecMatchLimitOne->text)) return errSecParam;
  // Both at once is a dictionary with kSecValueData on macOS, which the store does not want.
  if (data == attributes || (all && data)) return errSecParam;
  if (first_match(query) == state.items.end()) return errSecItemNotFound;
  if (data) {
    if (const OSStatus status = unlock(); status != errSecSuccess) return status;
    *result = data_of(*first_match(query));
    return errSecSuccess;
  }
  if (!all) {
    *result = attributes_of(*first_match(query));
    return errSecSuccess;
  }
  auto* found = new StandInArray;
  for (const Item& item : state.items)
    if (matches(item, query)) found->elements.push_back(attributes_of(item));
  *result = found;
  return errSecSuccess;
}

OSStatus SecItemUpdate(CFDictionaryRef query, CFDictionaryRef changes) {
  if (const OSStatus status = planned(); status != errSecSuccess) return status;
  if (!holds_only(query,
                  {{kSecClass, Kind::kString}, {kSecAttrService, Kind::kString}, {kSecAttrAccount, Kind::kString}}) ||
      !holds_only(changes, {{kSecValueData, Kind::kData}}) || changes->entries.empty() || !names_one_item(query))
    return errSecParam;
  const auto at = first_match(query);
  if (at == state.items.end()) return errSecItemNotFound;
  if (const OSStatus status = unlock(); status != errSecSuccess) return status;
  at->value = bytes(changes);
  return errSecSuccess;
}

OSStatus SecItemDelete(CFDictionaryRef query) {
  if (const OSStatus status = planned(); status != errSecSuccess) return status;
  if (!holds_only(query,
                  {{kSecClass, Kind::kString}, {kSecAttrService, Kind::kString}, {kSecAttrAccount, Kind::kString}}) ||
      !names_one_item(query))
    return errSecParam;
  const auto at = first_match(query);
  if (at == state.items.end()) return errSecItemNotFound;
  if (const OSStatus status = unlock(); status != errSecSuccess) return status;
  state.items.erase(at);
  return errSecSuccess;
}

OSStatus SecKeychainCopyDefault(SecKeychainRef* keychain) {
  if (const OSStatus status = planned(); status != errSecSuccess) return status;
  *keychain = new StandInKeychain;
  return errSecSuccess;
}

OSStatus SecKeychainGetStatus(SecKeychainRef keychain, SecKeychainStatus* status) {
  if (const OSStatus answer = planned(); answer != errSecSuccess) return answer;
  if (keychain == nullptr || status == nullptr) return errSecParam;
  // Readable and writable, whatever the lock.
  *status = state.locked ? 6 : 7;
  return errSecSuccess;
}

OSStatus SecKeychainSetUserInteractionAllowed(Boolean allowed) {
  state.may_ask = allowed != 0;
  return errSecSuccess;
}

OSStatus SecKeychainGetUserInteractionAllowed(Boolean* allowed) {
  *allowed = state.may_ask ? 1 : 0;
  return errSecSuccess;
}

}  // extern "C"
