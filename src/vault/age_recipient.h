#pragma once

#include <optional>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "vault/age_header.h"
#include "vault/identity.h"

namespace mcpcred::age {

inline constexpr unsigned kMaxWorkFactor = 20;  ///< log2 of scrypt's N accepted on read: 1 GiB, some 3 s
inline constexpr std::size_t kFileKeyBytes = 16;

/// Wraps the file key for one recipient; a fresh ephemeral key each time.
Result<Stanza> wrap_x25519(const Secret& file_key, const Recipient& recipient);

/// The file key; nullopt where no stanza is for this identity. kCorrupt for a malformed X25519 stanza, a low-order
/// share, or a passphrase stanza that does not stand alone.
Result<std::optional<Secret>> unwrap_x25519(const Header& header, const Identity& identity);

/// Wraps the file key under a passphrase with N = 2^work_factor (1 to kMaxWorkFactor).
Result<Stanza> wrap_scrypt(const Secret& file_key, const Secret& passphrase, unsigned work_factor);

/// The file key; nullopt where the passphrase is wrong. kCorrupt where there is no proper, lonely scrypt stanza.
Result<std::optional<Secret>> unwrap_scrypt(const Header& header, const Secret& passphrase);

}  // namespace mcpcred::age
