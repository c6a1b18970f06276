#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "vault/identity.h"

namespace mcpcred {

inline constexpr unsigned kCacheIdleSeconds = 600;
inline constexpr unsigned kCacheLifeSeconds = 12 * 60 * 60;  ///< in all, however often it is used

/// The name of the key that holds the identity of a vault.
std::string session_cache_name(std::string_view vault_id);

/// The cached identity; nullopt: none, or older than 12 hours (then it is removed). Each use keeps it for another
/// ten minutes, never beyond its 12 hours.
std::optional<age::Identity> read_session_cache(std::string_view vault_id);

/// Puts it there for `idle_seconds`; the scope that it got.
Result<std::string> write_session_cache(std::string_view vault_id, const age::Identity& identity,
                                        unsigned idle_seconds);

}  // namespace mcpcred
