#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/native.h"
#include "platform/posix_support.h"

namespace mcpcred {
namespace {

bool is_folder(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// The entry of a new folder is part of what a power cut may take: a synced vault in a lost folder is lost.
Result<void> make_one(const std::string& path) {
  const std::string what = "cannot make the folder " + printable(path);
  if (mkdir(path.c_str(), 0700) != 0) {
    if (errno == EEXIST && is_folder(path)) return {};
    return system_failure(what, errno);
  }
  if (chmod(path.c_str(), 0700) != 0) return system_failure(what, errno);  // the umask may have taken bits of ours
  MCPCRED_TRY(parent, open_folder(folder_of(path)));
  if (sync_descriptor(parent.get()) != 0) return system_failure(what, errno);
  return {};
}

// Only what everybody may write to counts: a group of one's own is the rule on many systems.
Result<void> check_parents(const std::string& path) {
  for (std::string parent = folder_of(path);; parent = folder_of(parent)) {
    struct stat info {};
    if (stat(parent.c_str(), &info) != 0) return system_failure("cannot look at " + printable(parent), errno);
    if ((info.st_mode & S_IWOTH) != 0 && (info.st_mode & S_ISVTX) == 0) {
      return fail(ErrorCode::kUnsafePermissions,
                  "everybody can write to " + printable(parent) + " (mode " + octal_mode(info.st_mode & 07777U) +
                      "), which " + printable(path) + " lies in",
                  "chmod o-w " + shell_word(parent));
    }
    if (parent == "/") return {};
  }
}

}  // namespace

Result<void> make_private_dir(const std::string& path) {
  if (!path.starts_with('/')) return fail(ErrorCode::kInvalidInput, printable(path) + " is not an absolute path");
  for (std::size_t end = path.find('/', 1); end != std::string::npos; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (!is_folder(part)) MCPCRED_CHECK(make_one(part));
  }
  return path.ends_with('/') ? Result<void>() : make_one(path);
}

Result<bool> check_private_dir(const std::string& path) {
  MCPCRED_TRY(followed, follow_own_link(path));
  if (!followed) return false;
  const std::optional<std::string> real = real_path(*followed);
  if (!real) return system_failure("cannot look at " + printable(path), errno);
  struct stat info {};
  if (stat(real->c_str(), &info) != 0) return system_failure("cannot look at " + printable(path), errno);
  if (!S_ISDIR(info.st_mode)) return fail(ErrorCode::kInvalidInput, printable(path) + " is not a folder");
  if (info.st_uid != geteuid()) {
    return fail(ErrorCode::kUnsafePermissions,
                printable(path) + " belongs to another user (uid " + std::to_string(info.st_uid) + ")",
                "look at it: ls -ld " + shell_word(path));
  }
  const mode_t mode = info.st_mode & 07777U;
  if ((mode & 077U) != 0) {
    return fail(ErrorCode::kUnsafePermissions, printable(path) + " is open to others (mode " + octal_mode(mode) + ")",
                "chmod 700 " + shell_word(path));
  }
  MCPCRED_CHECK(check_parents(*real));
  return true;
}

}  // namespace mcpcred
