#include "platform/native.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace mcpcred {
namespace {

// What no user may set (labels, capabilities) is set by the system, or was by root.
int copy_attribute(int from, int to, const char* name) {
  const ssize_t size = fgetxattr(from, name, nullptr, 0);
  if (size < 0) return errno == ENODATA ? 0 : -1;
  std::string value(static_cast<std::size_t>(size), '\0');
  const ssize_t got = fgetxattr(from, name, value.data(), value.size());
  if (got < 0) return errno == ENODATA ? 0 : -1;
  if (fsetxattr(to, name, value.data(), static_cast<std::size_t>(got), 0) == 0) return 0;
  const std::string_view text = name;
  return text.starts_with("security.") || text.starts_with("trusted.") ? 0 : -1;
}

}  // namespace

int try_lock_descriptor(int descriptor) {
  struct flock whole_file {};
  whole_file.l_type = F_WRLCK;
  whole_file.l_whence = SEEK_SET;
  return fcntl(descriptor, F_OFD_SETLK, &whole_file);
}

int sync_descriptor(int descriptor) {
  return fsync(descriptor);
}

std::int64_t modification_time_ns(const struct stat& info) {
  return std::int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
}

int copy_attributes(int from, int to) {
  const ssize_t size = flistxattr(from, nullptr, 0);
  if (size <= 0) return size == 0 || errno == ENOTSUP ? 0 : -1;
  std::string names(static_cast<std::size_t>(size), '\0');
  const ssize_t got = flistxattr(from, names.data(), names.size());
  if (got < 0) return -1;
  names.resize(static_cast<std::size_t>(got));
  for (std::size_t at = 0; at < names.size(); at = names.find('\0', at) + 1)
    if (copy_attribute(from, to, names.data() + at) != 0) return -1;
  return 0;
}

// Without effect on the program that replaces us: execve makes a process dumpable again.
void deny_inspection() {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace mcpcred
