#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "mcpcred/result.h"

namespace mcpcred {

/// Bounds on JSON that comes from a file.
struct JsonLimits {
  std::size_t max_bytes = 8 * 1024 * 1024;
  unsigned max_depth = 8;
};

/// A strict parse: one value, valid UTF-8, no NUL anywhere, no duplicate keys, bounded depth and size, no comments.
/// Errors are kCorrupt and give line and byte, never the text: "line 3, byte 41: …".
Result<nlohmann::json> parse_json(std::string_view text, const JsonLimits& limits = {});

/// Compact text; bytes that are no UTF-8 become U+FFFD rather than an exception.
std::string dump_json(const nlohmann::json& value);
std::string dump_json(const nlohmann::ordered_json& value);
/// The same over several lines, for people.
std::string dump_json_pretty(const nlohmann::ordered_json& value);

}  // namespace mcpcred
