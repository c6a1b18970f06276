#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mcpcred {

/// Steps from the root of a JSON text to a value: keys, and indices as decimal numbers.
using JsonPath = std::vector<std::string>;

/// The 1-based line where the value at `path` begins (of a member: its key). Where a step is not in the text, the line
/// of the last one that is; 0 where not even the first step is there. `text` is JSON that has been parsed before.
unsigned line_of(std::string_view text, const JsonPath& path);

/// "variables[0].name"
std::string path_text(const JsonPath& path);

}  // namespace mcpcred
