#pragma once

#include <cstddef>
#include <string_view>

#include "mcpcred/secret.h"

namespace mcpcred {

/// HKDF-SHA256 (RFC 5869): extract with `salt` (empty: zeros), expand with `info`. `length` is at most 255 * 32.
Secret hkdf_sha256(std::string_view key_material, std::string_view salt, std::string_view info,
                   std::size_t length = 32);

}  // namespace mcpcred
