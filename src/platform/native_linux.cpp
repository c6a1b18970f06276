#include "platform/native.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace mcpcred {

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

// Without effect on the program that replaces us: execve makes a process dumpable again.
void deny_inspection() {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace mcpcred
