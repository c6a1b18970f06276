#pragma once

#include <cstddef>
#include <string_view>

#include "mcpcred/result.h"

namespace mcpcred {

/// Bytes in pages of their own: between guard pages, kept out of swap where the system's limit allows it, wiped at
/// the end. Costs some 15 us, so there is one for a whole vault and none for a single value.
class LockedBuffer {
 public:
  LockedBuffer() = default;
  /// kInternal where the system has no memory for it.
  static Result<LockedBuffer> of_size(std::size_t size);

  LockedBuffer(LockedBuffer&& other) noexcept;
  LockedBuffer& operator=(LockedBuffer&& other) noexcept;
  ~LockedBuffer();

  /// Valid as long as the buffer lives; moving the buffer does not move the bytes.
  std::string_view view() const { return {data_, size_}; }
  std::size_t size() const { return size_; }
  /// nullptr when empty. Not to be written to after seal().
  char* writable() { return data_; }
  /// Makes the pages read-only.
  void seal();

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace mcpcred
