#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "mcpcred/import.h"
#include "platform/file.h"
#include "platform/source_file.h"

namespace mcpcred::cli {

struct ImportOptions {
  std::string file;
  std::vector<std::string> names;
  std::string dialect;
  bool replace = false;
  bool remove = false;
};

/// The file, read once.
struct ImportSource {
  std::string path;  ///< empty: standard input
  std::optional<FileStamp> stamp{};
  SourceFacts facts{};
  ImportedFile content{};
};

/// Reads and parses what the options name; kUsage for options that contradict each other. Warns of a file that others
/// can read.
Result<ImportSource> read_import_source(Context& context, const ImportOptions& options);

/// Removes the file if it is still the one that was read, and tells what may still hold its content.
Result<void> remove_import_source(Context& context, const ImportSource& source);

}  // namespace mcpcred::cli
