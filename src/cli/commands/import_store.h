#pragma once

#include <string>
#include <vector>

#include "cli/commands/import_plan.h"
#include "cli/facts.h"

namespace mcpcred::cli {

struct Imported {
  std::vector<Credential> stored;
  std::vector<CompanionValue> settings;
  bool removed = false;  ///< the file
};

/// Stores what the plan has, a server's values at once, and tells of each. Where another value is stored under one of
/// the names: nothing at all is changed and kConflict names them, unless `replace`, --yes or a yes at the terminal.
/// What the store refuses of the values goes to the plan's refused ones. Stopped half way, it has kept what was stored.
Result<Imported> store_plan(Context& context, ImportPlan& plan, bool replace);

Facts import_facts(const ImportPlan& plan, const Imported& imported);

}  // namespace mcpcred::cli
