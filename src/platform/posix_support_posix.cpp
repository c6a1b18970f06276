#include "platform/posix_support.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <memory>

#include "core/encoding.h"
#include "platform/native.h"

namespace mcpcred {

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = retry_interrupted([&] { return write(descriptor, bytes.data(), bytes.size()); });
    if (count < 0) return false;
    if (count == 0) {
      errno = EIO;
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(realpath(path.c_str(), nullptr), std::free);
  if (!real) return std::nullopt;
  return std::string(real.get());
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Result<std::optional<std::string>> follow_own_link(const std::string& path) {
  struct stat info {};
  if (lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return std::optional<std::string>();
    return system_failure("cannot look at " + printable(path), errno);
  }
  if (!S_ISLNK(info.st_mode)) return std::optional<std::string>(path);
  if (info.st_uid != geteuid() && info.st_uid != 0) {
    return fail(ErrorCode::kUnsafePermissions,
                printable(path) + " is a link made by another user (uid " + std::to_string(info.st_uid) + ")",
                "look at it: ls -l " + shell_word(path));
  }
  std::optional<std::string> target = real_path(path);
  if (!target && errno == ENOENT) {
    return fail(ErrorCode::kIo, printable(path) + " is a link to a file that is not there",
                "look at it: ls -l " + shell_word(path), ENOENT);
  }
  if (!target) return system_failure("cannot follow the link " + printable(path), errno);
  return target;
}

Result<Descriptor> open_folder(const std::string& path) {
  Descriptor folder(
      retry_interrupted([&] { return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOCTTY); }));
  if (!folder.valid()) return system_failure("cannot open the folder " + printable(path), errno);
  return folder;
}

FileStamp stamp_of(const struct stat& info) {
  return {static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino), modification_time_ns(info),
          static_cast<std::uint64_t>(info.st_size)};
}

std::string octal_mode(mode_t mode) {
  std::string digits = "0000";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    digits[digits.size() - 1 - i] = static_cast<char>('0' + ((mode >> (3 * i)) & 7U));
  }
  return digits;
}

std::string shell_word(const std::string& path) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@%,:=";
  if (!path.empty() && path.find_first_not_of(kPlain) == std::string::npos) return path;
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return printable(quoted + "'");
}

}  // namespace mcpcred
