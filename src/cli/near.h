#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/ids.h"
#include "mcpcred/registry.h"

namespace mcpcred::cli {

/// The one of `names` that `typed` is most likely a slip of the keyboard for: at most two letters off, or its beginning
/// where no other name begins so. Empty where none is.
std::string nearest_name(std::string_view typed, const std::vector<std::string_view>& names);

/// "did you mean GITHUB_TOKEN?" and a line end, where a variable of the same account is stored whose name is near; else
/// empty. Never for a word that looks like a secret.
std::string near_stored_hint(const Registry& registry, const EntryKey& key);

}  // namespace mcpcred::cli
