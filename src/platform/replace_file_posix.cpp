#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/native.h"
#include "platform/posix_support.h"
#include "platform/temp_file.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxCopiedBytes = 64 * 1024 * 1024;

// The folder that is really written to, and the name in it. A symbolic link stays; what it leads to is replaced.
struct Place {
  std::string path;
  std::string name;
  Descriptor folder;
};

Result<Place> find_place(const std::string& path) {
  MCPCRED_TRY(target, follow_own_link(path));
  std::string real = target ? *target : path;
  if (name_of(real).empty()) return fail(ErrorCode::kInvalidInput, printable(path) + " names no file");
  MCPCRED_TRY(folder, open_folder(folder_of(real)));
  std::string name = name_of(real);
  struct stat info {};
  if (fstatat(folder.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISREG(info.st_mode))
    return fail(ErrorCode::kInvalidInput, printable(path) + " is not a regular file");
  return Place{std::move(real), std::move(name), std::move(folder)};
}

bool file_system_without_links(long number) {
  return number == EXDEV || number == EPERM || number == EMLINK || number == EOPNOTSUPP || number == ENOSYS;
}

// Of exFAT and the like, and of a vault that is linked to from another file system: no hard link, so a copy.
Result<TempFile> link_or_copy(const Place& current, int folder, const std::string& name, const std::string& kept) {
  Result<TempFile> temp = TempFile::link(current.folder.get(), current.name, folder, name, kept);
  if (temp || !file_system_without_links(temp.error().native)) return temp;
  MCPCRED_TRY(content, read_file(current.path, kMaxCopiedBytes, FileCheck::kNone));
  if (!content) return fail(ErrorCode::kConflict, printable(current.path) + " vanished while it was replaced");
  return TempFile::write(folder, name, content->bytes.reveal(), 0600, kept);
}

Result<void> keep_previous(const Place& current, const std::string& kept) {
  struct stat now {};
  if (fstatat(current.folder.get(), current.name.c_str(), &now, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return {};
    return system_failure("cannot look at " + printable(current.path), errno);
  }
  const std::string name = name_of(kept);
  MCPCRED_TRY(folder, open_folder(folder_of(kept)));
  struct stat previous {};
  // A writer that was killed between its two renames left both names on one file. rename(2) between such names
  // does nothing and would leave the temp name behind.
  if (fstatat(folder.get(), name.c_str(), &previous, AT_SYMLINK_NOFOLLOW) == 0 && previous.st_dev == now.st_dev &&
      previous.st_ino == now.st_ino)
    return {};
  MCPCRED_TRY(temp, link_or_copy(current, folder.get(), name, kept));
  return temp.rename_to(name, kept);
}

Result<void> sync_folder(int folder, const std::string& path, std::string_view done) {
  if (sync_descriptor(folder) == 0) return {};
  const int number = errno;
  return fail(ErrorCode::kDurabilityUnknown,
              printable(path) + " was " + std::string(done) +
                  ", but a power cut may undo that: " + system_error("the folder could not be synced", number).message,
              "check the disk, then do it again", number);
}

}  // namespace

Result<void> replace_file(const std::string& path, std::string_view bytes, const ReplaceOptions& options) {
  MCPCRED_TRY(place, find_place(path));
  MCPCRED_TRY(temp, TempFile::write(place.folder.get(), place.name, bytes, options.mode, path));
  if (!options.keep_previous_as.empty()) MCPCRED_CHECK(keep_previous(place, options.keep_previous_as));
  MCPCRED_CHECK(temp.rename_to(place.name, path));
  return sync_folder(place.folder.get(), path, "replaced");
}

Result<bool> remove_file(const std::string& path) {
  MCPCRED_TRY(folder, open_folder(folder_of(path)));
  if (unlinkat(folder.get(), name_of(path).c_str(), 0) != 0) {
    if (errno == ENOENT) return false;
    return system_failure("cannot remove " + printable(path), errno);
  }
  MCPCRED_CHECK(sync_folder(folder.get(), path, "removed"));
  return true;
}

}  // namespace mcpcred
