#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred::age {

inline constexpr std::size_t kMaxHeaderBytes = 64 * 1024;  ///< far above the 9 recipients of a vault

/// One wrapping of the file key. Nothing in it is secret.
struct Stanza {
  std::vector<std::string> args;  ///< the first one is the type; never empty
  std::string body;               ///< decoded
};

/// The text at the start of an age file.
struct Header {
  std::vector<Stanza> stanzas;
  std::string mac;             ///< 32 bytes
  std::size_t mac_covers = 0;  ///< bytes from the start of the file through "---"
  std::size_t size = 0;        ///< bytes through the end of the MAC line: the payload begins here
};

/// Strict: canonical unpadded base64, single spaces, no CR, 64-column bodies with a short last line. kCorrupt
/// otherwise.
Result<Header> parse_header(std::string_view file);

/// The header's text through "---", which is what its MAC covers.
std::string format_header(const std::vector<Stanza>& stanzas);

/// 32 bytes over `covered`, under a key derived from the file key.
Secret header_mac(const Secret& file_key, std::string_view covered);

}  // namespace mcpcred::age
