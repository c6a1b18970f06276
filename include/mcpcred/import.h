#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// Whose reading of a dotenv file is meant. There is no standard, and these differ (docs/import.md).
enum class DotenvDialect : std::uint8_t { kNode, kPython, kRuby, kGo, kCompose };
std::string_view dialect_name(DotenvDialect dialect);
std::optional<DotenvDialect> dialect_from_name(std::string_view name);
/// All of them, in the order of the help text.
std::span<const DotenvDialect> all_dialects();

/// One variable of a file.
struct ImportedValue {
  std::string name;   ///< a valid variable name
  unsigned line = 0;  ///< where it begins, from 1; 0 where not known
  Secret value;       ///< may be empty
};

/// Lines that were not taken. Never holds a part of a value.
struct ImportProblem {
  unsigned line = 0;       ///< from 1; 0 where not known
  unsigned last_line = 0;  ///< of a text over several lines; else the same
  std::string name;        ///< empty: none, or it may be a piece of a secret
  std::string reason;
  std::string hint;
};

struct ImportedFile {
  std::vector<ImportedValue> values;   ///< in the file's order, each name once
  std::vector<ImportProblem> refused;  ///< in the file's order
  std::vector<ImportProblem> notes;    ///< what to know of what was taken: a name that stands twice
  std::vector<ImportProblem> lost;     ///< what would be lost with the file: comments that hold a value, values of a
                                       ///< name that a later line gives another one
};

/// Largest file that is looked into.
inline constexpr std::size_t kMaxImportBytes = 1024 * 1024;

/// Variables of a dotenv file as `dialect` reads them. Without one only what all five read the same; the other lines
/// are refused. Nothing is expanded or run: a value that a dialect would expand is refused. A name that stands twice
/// has its last value, and none where one of its lines is refused. kInvalidInput: bytes that are no UTF-8, a NUL.
Result<ImportedFile> parse_dotenv(std::string_view text, std::optional<DotenvDialect> dialect);

/// Variables of a JSON object of names and texts; other members are refused one by one, text that is no such object as
/// a whole (kInvalidInput, with the place).
Result<ImportedFile> parse_json_variables(std::string_view text);

}  // namespace mcpcred
