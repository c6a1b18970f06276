#pragma once

#include <span>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "vault/identity.h"
#include "vault/locked_buffer.h"

namespace mcpcred::age {

/// A binary age v1 file that each of `recipients` can open. Fresh keys and nonces at every call.
Result<std::string> encrypt(std::string_view plaintext, std::span<const Recipient> recipients);

/// A binary age v1 file that `passphrase` opens; `work_factor` is the log2 of scrypt's N (18: some 0.65 s).
Result<std::string> encrypt_with_passphrase(std::string_view plaintext, const Secret& passphrase, unsigned work_factor);

/// The content of a binary or armored age file. kDenied: no stanza is for this identity. kCorrupt: anything else.
Result<LockedBuffer> decrypt(std::string_view file, const Identity& identity);

/// The same by passphrase; kDenied where it is the wrong one.
Result<LockedBuffer> decrypt_with_passphrase(std::string_view file, const Secret& passphrase);

}  // namespace mcpcred::age
