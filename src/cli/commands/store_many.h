#pragma once

#include <string>
#include <vector>

#include "cli/commands/store_outcome.h"

namespace mcpcred::cli {

/// A value for the store, with what its variable belongs to.
struct NamedValue {
  Target target;
  NewValue value;
};

struct ManyOutcome {
  std::vector<StoreOutcome> stored;    ///< one for each server (or lone variable)
  std::vector<std::string> unchanged;  ///< variables that had this very value already
};

/// Stores all of them, a server's values at once, and tells of each. Where another value is stored under one of the
/// names: nothing at all is changed and kConflict names them, unless `replace`, --yes or a yes at the terminal. Stopped
/// half way, it has kept what was stored, and may be run again.
Result<ManyOutcome> store_many(Context& context, std::vector<NamedValue> values, bool replace);

Facts json_of(const ManyOutcome& outcome);

}  // namespace mcpcred::cli
