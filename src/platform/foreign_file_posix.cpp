#include "platform/foreign_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <optional>

#include "core/encoding.h"
#include "platform/native.h"
#include "platform/posix_support.h"
#include "platform/temp_file.h"

namespace mcpcred {
namespace {

Result<void> check_file(const ForeignFile& file, const struct stat& info) {
  const std::string shown = printable(file.path);
  const std::string look = "look at it: ls -l " + shell_word(file.path);
  if (info.st_uid != geteuid())
    return fail(ErrorCode::kRefused, shown + " belongs to another user (uid " + std::to_string(info.st_uid) + ")",
                look);
  // Root could write all the same, and a rename asks only for the folder: the mode says what its owner wants.
  if ((info.st_mode & S_IWUSR) == 0)
    return fail(ErrorCode::kRefused, shown + " is write-protected (mode " + octal_mode(info.st_mode & 07777U) + ")",
                "chmod u+w " + shell_word(file.path));
  if (info.st_nlink > 1)
    return fail(
        ErrorCode::kRefused,
        shown + " is one file under " + std::to_string(info.st_nlink) + " names, and replacing it would part them",
        look);
  return {};
}

Result<void> sync_after(int folder, const std::string& path) {
  if (sync_descriptor(folder) == 0) return {};
  return fail(ErrorCode::kDurabilityUnknown, printable(path) + " was changed, but a power cut may undo that",
              "check the disk, then do it again", errno);
}

}  // namespace

Result<void> check_replaceable(const ForeignFile& file) {
  struct stat info {};
  if (!file.exists) return {};
  if (lstat(file.path.c_str(), &info) != 0) {
    if (errno == ENOENT) return changed_meanwhile(file.path);
    return system_failure("cannot look at " + printable(file.path), errno);
  }
  return check_file(file, info);
}

Result<void> replace_foreign_file(const ForeignFile& file, std::string_view bytes) {
  MCPCRED_CHECK(check_replaceable(file));
  const std::string folder_path = folder_of(file.path);
  const std::string name = name_of(file.path);
  if (!file.exists) MCPCRED_CHECK(make_private_dir(folder_path));
  MCPCRED_TRY(folder, open_folder(folder_path));
  Descriptor old;
  mode_t mode = 0600;
  if (file.exists) {
    old = Descriptor(retry_interrupted(
        [&] { return openat(folder.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY); }));
    struct stat info {};
    if (!old.valid() || fstat(old.get(), &info) != 0)
      return system_failure("cannot look at " + printable(file.path), errno);
    mode = info.st_mode & 07777U;
  }
  MCPCRED_TRY(temp, TempFile::write(folder.get(), name, bytes, mode, file.path, old.get()));
  MCPCRED_CHECK(check_still_the_same(file));
  MCPCRED_CHECK(temp.rename_to(name, file.path));
  return sync_after(folder.get(), file.path);
}

void remove_stale_copies(const std::string& path) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(folder_of(path).c_str()), closedir);
  if (!folder) return;
  const std::string start = "." + name_of(path) + ".mcpcred.";
  while (const dirent* entry = readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    const std::optional<pid_t> owner = name.starts_with(start) ? temp_file_owner(name) : std::nullopt;
    if (!owner || kill(*owner, 0) == 0 || errno != ESRCH) continue;
    struct stat info {};
    if (fstatat(dirfd(folder.get()), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode) &&
        info.st_uid == geteuid())
      unlinkat(dirfd(folder.get()), entry->d_name, 0);
  }
}

Result<void> remove_foreign_file(const ForeignFile& file) {
  MCPCRED_CHECK(check_replaceable(file));
  MCPCRED_TRY(folder, open_folder(folder_of(file.path)));
  MCPCRED_CHECK(check_still_the_same(file));
  if (unlinkat(folder.get(), name_of(file.path).c_str(), 0) != 0)
    return system_failure("cannot remove " + printable(file.path), errno);
  return sync_after(folder.get(), file.path);
}

}  // namespace mcpcred
