#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "mcpcred/secret.h"

namespace mcpcred {

// libsodium speaks unsigned char, the rest of the program char.
inline const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* as_bytes(char* data) {
  return reinterpret_cast<unsigned char*>(data);
}
inline unsigned char* as_bytes(std::string& text) {
  return as_bytes(text.data());
}
inline unsigned char* as_bytes(Secret& secret) {
  return as_bytes(secret.writable());
}

/// libsodium 1.0.18 decodes the byte 0xAF as '/' in base64: whoever wants one spelling asks this first.
inline bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace mcpcred
