#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/posix_support.h"

namespace mcpcred {
namespace {

std::string_view kind_of(mode_t mode) {
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

Result<void> check_regular(const std::string& path, const struct stat& info) {
  if (S_ISREG(info.st_mode)) return {};
  return fail(ErrorCode::kInvalidInput, printable(path) + " is " + std::string(kind_of(info.st_mode)) + ", not a file");
}

// Root may own what is only kOwned: root can change our files anyway, and some systems link settings from a
// read-only place of root's.
Result<void> check_ownership(const std::string& path, const struct stat& info, FileCheck check) {
  const bool root_may_own = check == FileCheck::kOwned;
  if (info.st_uid == geteuid() || (root_may_own && info.st_uid == 0)) return {};
  return fail(ErrorCode::kUnsafePermissions,
              printable(path) + " belongs to another user (uid " + std::to_string(info.st_uid) + ")",
              "look at it: ls -l " + shell_word(path));
}

Result<void> check_mode(const std::string& path, const struct stat& info, FileCheck check) {
  const mode_t mode = info.st_mode & 07777U;
  const std::string tail = " by others (mode " + octal_mode(mode) + ")";
  if (check == FileCheck::kPrivate && (mode & 077U) != 0) {
    const bool readable = (mode & 044U) != 0;
    return fail(ErrorCode::kUnsafePermissions, printable(path) + (readable ? " can be read" : " can be used") + tail,
                "chmod 600 " + shell_word(path));
  }
  if (check == FileCheck::kOwned && (mode & 022U) != 0) {
    return fail(ErrorCode::kUnsafePermissions, printable(path) + " can be changed" + tail,
                "chmod go-w " + shell_word(path));
  }
  return {};
}

Unexpected too_large(const std::string& path, std::size_t limit) {
  return fail(ErrorCode::kTooLarge, printable(path) + " is larger than " + std::to_string(limit) + " bytes");
}

// st_size is only where we begin: the file may grow or shrink while it is read.
Result<Secret> read_all(int file, const std::string& path, std::size_t expected, std::size_t limit) {
  Secret bytes = Secret::of_size(expected + 1);
  std::size_t used = 0;
  for (;;) {
    const ssize_t count = retry_interrupted([&] { return read(file, bytes.writable() + used, bytes.size() - used); });
    if (count < 0) return system_failure("cannot read " + printable(path), errno);
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used > limit) return too_large(path, limit);
    if (used == bytes.size()) {
      Secret larger =
          Secret::of_size(used + std::min<std::size_t>(std::max<std::size_t>(used, 4096), limit - used + 1));
      std::memcpy(larger.writable(), bytes.writable(), used);
      bytes = std::move(larger);
    }
  }
  bytes.truncate(used);
  return bytes;
}

}  // namespace

Result<std::optional<FileContent>> read_file(const std::string& path, std::size_t limit, FileCheck check) {
  std::string target = path;
  if (check == FileCheck::kPrivate) {
    MCPCRED_TRY(followed, follow_own_link(path));
    if (!followed) return std::optional<FileContent>();
    target = *followed;
  }
  struct stat info {};
  // Opening a device can already do harm (rewind a tape, arm a watchdog), hence this look; fstat below decides.
  if (stat(target.c_str(), &info) == 0) MCPCRED_CHECK(check_regular(path, info));
  const int no_follow = check == FileCheck::kPrivate ? O_NOFOLLOW : 0;
  const Descriptor file(retry_interrupted(
      [&] { return open(target.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | no_follow); }));
  if (!file.valid() && errno == ENOENT) return std::optional<FileContent>();
  if (!file.valid()) return system_failure("cannot read " + printable(path), errno);
  if (fstat(file.get(), &info) != 0) return system_failure("cannot read " + printable(path), errno);
  MCPCRED_CHECK(check_regular(path, info));
  if (check != FileCheck::kNone) MCPCRED_CHECK(check_ownership(path, info, check));
  MCPCRED_CHECK(check_mode(path, info, check));
  const auto size = static_cast<std::uint64_t>(info.st_size);
  if (size > limit) return too_large(path, limit);
  MCPCRED_TRY(bytes, read_all(file.get(), path, static_cast<std::size_t>(size), limit));
  return std::optional<FileContent>(FileContent{std::move(bytes), stamp_of(info)});
}

Result<std::optional<FileStamp>> stat_file(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) == 0) return std::optional<FileStamp>(stamp_of(info));
  if (errno == ENOENT) return std::optional<FileStamp>();
  return system_failure("cannot look at " + printable(path), errno);
}

}  // namespace mcpcred
