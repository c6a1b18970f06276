#pragma once

#include <chrono>
#include <cstdint>
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
  explicit FileLock(std::intptr_t file) : file_(file) {}
  std::intptr_t file_ = -1;  // a descriptor or a handle; -1 stands for none of both
};

}  // namespace mcpcred
