#pragma once

#include <string>
#include <string_view>

namespace mcpcred {

/// " --account NAME" for a command in a hint; empty for the default account.
inline std::string account_option(std::string_view account) {
  return account == "default" ? std::string() : " --account " + std::string(account);
}

}  // namespace mcpcred
