#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/commands/import_source.h"
#include "cli/target.h"

namespace mcpcred::cli {

/// What goes to the store in one step: all of one server, or one variable of none.
struct ImportBatch {
  Target target;
  StoreRequest request;
};

struct ImportPlan {
  std::vector<ImportBatch> batches;
  std::vector<std::string> unchanged;               ///< stored already with this value
  std::vector<std::string> replaced;                ///< stored with another value now
  bool tells_equality = true;                       ///< if not, `replaced` has equal values too
  std::vector<ImportProblem> skipped;               ///< without a value
  std::vector<ImportProblem> refused;               ///< in the file's order
  std::vector<ImportProblem> lost;                  ///< not stored, and gone with the file
  std::vector<std::string> left_out;                ///< in the file, and not among the names asked for
  std::vector<std::pair<EntryKey, Secret>> values;  ///< all that must be in the store at the end
  std::vector<CompanionValue> settings;             ///< and in the registry
};

/// Sorts what was read by servers and compares it with what is stored. Stores nothing.
Result<ImportPlan> plan_import(Context& context, const ImportOptions& options, ImportedFile content);

/// kConflict where what is stored now is not what the plan says. Reads both anew.
Result<void> verify_import(Context& context, const ImportPlan& plan);

}  // namespace mcpcred::cli
