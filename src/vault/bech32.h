#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/secret.h"

namespace mcpcred {

/// A Bech32 string taken apart. `data` may be a key, so it is treated as one.
struct Bech32 {
  std::string prefix;  ///< as written: upper case where the string was
  Secret data;
};

/// BIP 173 as age uses it: no limit on the length, data in whole bytes. The result is upper case where `prefix` is.
Secret bech32_encode(std::string_view prefix, std::string_view data);

/// nullopt for a bad checksum, mixed case, a bad character, or bits that make no whole bytes.
std::optional<Bech32> bech32_decode(std::string_view text);

}  // namespace mcpcred
