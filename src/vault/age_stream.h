#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "vault/locked_buffer.h"

namespace mcpcred::age {

inline constexpr std::size_t kChunkBytes = 64 * 1024;

/// The payload of an age file: a fresh nonce and the encrypted chunks.
std::string encrypt_payload(const Secret& file_key, std::string_view plaintext);

/// All of the plaintext, or kCorrupt: nothing is handed out unless every chunk through the last one verified.
Result<LockedBuffer> decrypt_payload(const Secret& file_key, std::string_view payload);

}  // namespace mcpcred::age
