#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "catalog/field_reader.h"
#include "mcpcred/catalog.h"

namespace mcpcred {

inline constexpr std::size_t kMaxEntryBytes = 256 * 1024;

/// The ids of `dir`/<id>.json, sorted, unread. `problems` (may be null) gets the files with impossible names, and the
/// folder itself where it is there and cannot be listed.
std::vector<std::string> user_ids(const std::string& dir, std::vector<CatalogProblem>* problems);

/// What came of one user's file.
struct UserEntry {
  bool exists = false;
  std::optional<CatalogServer> server;  ///< nullopt with `exists`: bad, see `error` and `problem`
  Error error;
  CatalogProblem problem;
};

/// Reads `dir`/<id>.json over the built-in entry of that id, if there is one. Conflicts with other files are not seen.
UserEntry read_user_file(const std::string& dir, const std::string& id);

/// The same, and an error where the file declares a variable of another entry (built-in or a user's).
UserEntry load_user_entry(const std::string& dir, const std::string& id);

/// The text as a JSON object; nullopt with `problem` filled in.
std::optional<nlohmann::json> parse_entry_text(std::string_view text, CatalogProblem& problem);

/// "variables[0].name: stands twice"
std::string problem_text(const EntryProblem& problem);

/// kInvalidInput with "file:line: reason".
Error entry_error(const CatalogProblem& problem);

}  // namespace mcpcred
