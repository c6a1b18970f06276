#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mcpcred::cli {

/// The one of `names` that `typed` is most likely a slip of the keyboard for: at most two letters off, or its beginning
/// where no other name begins so. Empty where none is.
std::string nearest_name(std::string_view typed, const std::vector<std::string_view>& names);

}  // namespace mcpcred::cli
