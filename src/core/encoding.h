#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/secret.h"

namespace mcpcred {

/// Standard base64, with or without '=' padding.
enum class Padding : std::uint8_t { kNone, kRequired };
std::string base64_encode(std::string_view bytes, Padding padding);
/// Canonical input only (no spaces, no stray bits, padding exactly as told); nullopt otherwise.
std::optional<Secret> base64_decode(std::string_view text, Padding padding);

std::string hex_encode(std::string_view bytes);

/// SHA-256, 32 raw bytes.
std::string sha256(std::string_view bytes);
/// HMAC-SHA256, 32 raw bytes.
Secret hmac_sha256(std::string_view key, std::string_view message);
/// Constant-time comparison; false where the sizes differ.
bool equal_constant_time(std::string_view a, std::string_view b);
/// Fills with random bytes from the system.
void random_fill(void* data, std::size_t size);

/// True for well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view bytes);

/// `text` fit for a terminal or a one-line log: control characters, bidi controls and bytes that are no UTF-8 are
/// written as \xNN or \u{NNNN}; quotes are left alone.
std::string printable(std::string_view text);

/// Appends `text` as it stands inside a JSON string, without the quotes. False, and nothing is appended, where `text`
/// is no UTF-8.
bool append_json_escaped(Secret& out, std::string_view text);

/// True where `text` is more likely a token than a name: a known token's beginning, or long and mixed. Such a text is
/// never repeated in a message.
bool looks_like_secret(std::string_view text);

/// Edit distance (insert, delete, replace, swap of neighbours), for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace mcpcred
