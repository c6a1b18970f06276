#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/ids.h"

// How keys are named in the stores of macOS and Linux, whose items carry a service and an account: the service is the
// variable, the account the login name for the default account, else the account's name.
namespace mcpcred {

/// The account that the item of `key` carries. kInvalidInput where `key` names the login name itself as its account:
/// that is the item of the default account.
Result<std::string> item_account(const EntryKey& key, std::string_view login);

/// The key of an item of the store, the other way round; nullopt: no name of ours.
std::optional<EntryKey> key_of_item(std::string_view service, std::string_view account, std::string_view login);

}  // namespace mcpcred
