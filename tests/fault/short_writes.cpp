// Preloaded by replace.test.sh: every write(2) takes one byte at most, and every second one is interrupted first.
// strace cannot do this: what it injects as a result is only claimed, nothing is written.
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

extern "C" ssize_t write(int descriptor, const void* bytes, size_t count) {
  static bool interrupted = false;
  interrupted = !interrupted;
  if (interrupted) {
    errno = EINTR;
    return -1;
  }
  return syscall(SYS_write, descriptor, bytes, count > 1 ? 1 : count);
}
