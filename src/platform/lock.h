#pragma once

#include <chrono>
#include <string>

#include "mcpcred/result.h"

namespace mcpcred {

/// An exclusive lock on a file that is never replaced, held until destruction. Taken over no crash: the kernel
/// drops it with the process. OFD locks on Linux (they survive threads and other descriptors of the same file).
class FileLock {
 public:
  /// Waits up to `patience`; then kBusy, with the holder's pid in the message where the file tells it.
  /// The file is made with mode 0600. After locking, the path must still name the locked inode, else it starts anew.
  static Result<FileLock> acquire(const std::string& path,
                                  std::chrono::milliseconds patience = std::chrono::seconds(10));

  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace mcpcred
