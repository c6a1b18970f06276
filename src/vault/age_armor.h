#pragma once

#include <string>
#include <string_view>

#include "mcpcred/result.h"

namespace mcpcred::age {

/// True where `file` begins as a text file of age does (white space before is allowed).
bool is_armored(std::string_view file);

/// The binary file inside. Strict: LF only, 64 columns, canonical padded base64, nothing but white space around it.
Result<std::string> dearmor(std::string_view file);

}  // namespace mcpcred::age
