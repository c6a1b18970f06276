#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "platform/file.h"

namespace mcpcred {

/// A file that a person and other programs write too (a shell's start-up file), as it was when it was read. It is
/// replaced only while it is still that, and stays what it was to everybody else: owner, group, mode, access list,
/// extended attributes, and the links that lead to it.
struct ForeignFile {
  std::string path;     ///< what the name finally leads to
  bool exists = false;  ///< else there is nothing yet, perhaps not even the folder
  bool linked = false;  ///< the name itself is a link
  Secret bytes;
  FileStamp stamp;
};

/// Follows links over any number of steps. A link to nothing is kIo, a folder, pipe or device kInvalidInput, and over
/// `limit` bytes kTooLarge.
Result<ForeignFile> read_foreign_file(const std::string& path, std::size_t limit);

/// Whether replace_foreign_file() may do its work: the error says why not (another user's file, write-protected, one
/// file under several names).
Result<void> check_replaceable(const ForeignFile& file);

/// In one step, with missing folders made. kConflict: it is no longer what was read, and nothing was changed.
/// kDurabilityUnknown as with replace_file().
Result<void> replace_foreign_file(const ForeignFile& file, std::string_view bytes);

/// Removes the copies of `path` (a ForeignFile's) that a killed replace_foreign_file() left beside it: files of this
/// user with a name of ours for it, of processes that are gone.
void remove_stale_copies(const std::string& path);

/// kConflict as above.
Result<void> remove_foreign_file(const ForeignFile& file);

/// For the systems' own parts of the above: the kConflict, and whether the file is still what was read.
Unexpected changed_meanwhile(const std::string& path);
Result<void> check_still_the_same(const ForeignFile& file);

}  // namespace mcpcred
