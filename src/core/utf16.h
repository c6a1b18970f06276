#pragma once

#include <optional>
#include <string_view>

#include "mcpcred/secret.h"

namespace mcpcred {

/// Little-endian UTF-16, two bytes a unit, without a mark at its beginning. nullopt where `text` is no UTF-8.
std::optional<Secret> utf16_from_utf8(std::string_view text);

/// nullopt for an odd number of bytes and for surrogates that are not in pairs.
std::optional<Secret> utf8_from_utf16(std::string_view bytes);

}  // namespace mcpcred
