#pragma once

#include <CoreFoundation/CoreFoundation.h>

// Our own declarations of the few names of Security.framework that src/store uses, after Apple's reference.
struct StandInKeychain;

using SecKeychainRef = StandInKeychain*;
using SecKeychainStatus = std::uint32_t;

inline constexpr SecKeychainStatus kSecUnlockStateStatus = 1;

inline constexpr OSStatus errSecSuccess = 0;
inline constexpr OSStatus errSecParam = -50;
inline constexpr OSStatus errSecDuplicateItem = -25299;
inline constexpr OSStatus errSecItemNotFound = -25300;
inline constexpr OSStatus errSecNoDefaultKeychain = -25307;
inline constexpr OSStatus errSecInteractionNotAllowed = -25308;

extern "C" {

extern const CFStringRef kSecClass;
extern const CFStringRef kSecClassGenericPassword;
extern const CFStringRef kSecAttrService;
extern const CFStringRef kSecAttrAccount;
extern const CFStringRef kSecAttrLabel;
extern const CFStringRef kSecValueData;
extern const CFStringRef kSecReturnData;
extern const CFStringRef kSecReturnAttributes;
extern const CFStringRef kSecMatchLimit;
extern const CFStringRef kSecMatchLimitOne;
extern const CFStringRef kSecMatchLimitAll;

OSStatus SecItemAdd(CFDictionaryRef attributes, CFTypeRef* result);
OSStatus SecItemCopyMatching(CFDictionaryRef query, CFTypeRef* result);
OSStatus SecItemUpdate(CFDictionaryRef query, CFDictionaryRef changes);
OSStatus SecItemDelete(CFDictionaryRef query);

OSStatus SecKeychainCopyDefault(SecKeychainRef* keychain);
OSStatus SecKeychainGetStatus(SecKeychainRef keychain, SecKeychainStatus* status);
OSStatus SecKeychainSetUserInteractionAllowed(Boolean allowed);
OSStatus SecKeychainGetUserInteractionAllowed(Boolean* allowed);

}  // extern "C"
