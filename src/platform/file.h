#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// A file as it was when it was looked at; equal stamps mean "not replaced or rewritten since".
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t mtime_ns = 0;
  std::uint64_t size = 0;
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// What a file of ours must be before we believe it.
enum class FileCheck : std::uint8_t {
  kNone,     ///< a regular file (never a FIFO, device, socket or directory)
  kOwned,    ///< and owned by this user (or root), not writable by group or others
  kPrivate,  ///< and mode & 077 == 0 (kUnsafePermissions names the chmod to type)
};

struct FileContent {
  Secret bytes;
  FileStamp stamp;
};

/// The whole file, or nullopt where there is none. Over `limit` bytes: kTooLarge. Never blocks on a FIFO, checked by
/// fstat before a byte is read. With kPrivate a symbolic link is followed only where this user or root made it; a link
/// to nothing is then kIo, not "none".
Result<std::optional<FileContent>> read_file(const std::string& path, std::size_t limit, FileCheck check);

/// The stamp, or nullopt where there is no such file.
Result<std::optional<FileStamp>> stat_file(const std::string& path);

/// `path` itself, or what it finally leads to where it is a symbolic link of this user's or root's. nullopt: nothing
/// there. kUnsafePermissions: somebody else's link. kIo: a link to nothing, which must not be taken for "no file".
Result<std::optional<std::string>> follow_own_link(const std::string& path);

struct ReplaceOptions {
  unsigned mode = 0600;
  std::string
      keep_previous_as;  ///< absolute path in the same folder that the old content is hard-linked to; empty: not kept
};

/// Replaces one of our own files (its lock is held): temp beside it (O_EXCL, O_NOFOLLOW, random name), full write,
/// fsync, link the old one as asked, rename, fsync of the folder. On failure the old file is as it was and no temp is
/// left. kDurabilityUnknown: the new content is in place but the folder could not be synced. An fsync that failed is
/// never tried again.
Result<void> replace_file(const std::string& path, std::string_view bytes, const ReplaceOptions& options = {});

/// Adds to the end of a regular file that is there, whoever made it (a CI runner's). Nothing to add: only sees to it
/// that it could. On failure the file ends where it ended before.
Result<void> append_to_file(const std::string& path, std::string_view bytes);

/// Removes a file and syncs its folder. False: there was none.
Result<bool> remove_file(const std::string& path);

/// Makes `path` (and missing parents) with mode 0700.
Result<void> make_private_dir(const std::string& path);

/// A folder of ours is a directory owned by this user with no access for others (kUnsafePermissions with the chmod
/// to type), reached through no folder that others may write to without the sticky bit. Absent: nullopt-like false.
Result<bool> check_private_dir(const std::string& path);

/// Removes temp files that a killed writer left in `dir` (our name pattern, of processes that are gone).
void remove_stale_temps(const std::string& dir);

}  // namespace mcpcred
