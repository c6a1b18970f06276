#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// An in-memory Keychain behind the calls that src/store/keychain_darwin.cpp makes, and what tests may do to it. Strict:
// a key that a call does not know, a value of the wrong type, data asked for of all items at once is errSecParam.
namespace mcpcred::test::keychain {

/// An empty, unlocked keychain; questions allowed; nothing planned.
void reset();

/// What another program stores (service and account as `security add-generic-password -s … -a …` gives them).
void add_item(std::string_view service, std::string_view account, std::string_view value);
/// One that has an account only.
void add_item_without_service(std::string_view account, std::string_view value);
/// The same in a second keychain of the search list, behind the default one.
void add_item_elsewhere(std::string_view service, std::string_view account, std::string_view value);

/// The label of an item, empty where it is missing.
std::string label_of(std::string_view service, std::string_view account);

/// The n-th call of SecItem* or SecKeychain{CopyDefault,GetStatus} from now on (1 = the next) answers `status`.
void fail_call(int n, std::int32_t status);

/// Locked: reading and writing values asks a person, who gives the password, or, where it may not ask, answers
/// errSecInteractionNotAllowed. Attributes can be read all the same.
void lock();
int questions_asked();
bool questions_allowed();

/// How many values were handed out.
int values_read();

/// CoreFoundation objects that nobody has released.
long live_objects();

}  // namespace mcpcred::test::keychain
