#include "platform/native.h"

#include <copyfile.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/types.h>
#include <unistd.h>

#include <sys/ptrace.h>

namespace mcpcred {

int try_lock_descriptor(int descriptor) {
  return flock(descriptor, LOCK_EX | LOCK_NB);
}

// fsync stops at the drive's cache. Not every file system knows F_FULLFSYNC (folders, network mounts).
int sync_descriptor(int descriptor) {
  if (fcntl(descriptor, F_FULLFSYNC) == 0) return 0;
  return fsync(descriptor);
}

std::int64_t modification_time_ns(const struct stat& info) {
  return std::int64_t{info.st_mtimespec.tv_sec} * 1'000'000'000 + info.st_mtimespec.tv_nsec;
}

int copy_attributes(int from, int to) {
  return fcopyfile(from, to, nullptr, COPYFILE_ACL | COPYFILE_XATTR);
}

void deny_inspection() {
  ptrace(PT_DENY_ATTACH, 0, nullptr, 0);
}

}  // namespace mcpcred
