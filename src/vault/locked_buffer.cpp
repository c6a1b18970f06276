#include "vault/locked_buffer.h"

#include <sodium.h>

#include <utility>

namespace mcpcred {

Result<LockedBuffer> LockedBuffer::of_size(std::size_t size) {
  LockedBuffer buffer;
  if (size == 0) return buffer;
  if (sodium_init() < 0) return fail(ErrorCode::kInternal, "the cryptographic library does not start");
  buffer.data_ = static_cast<char*>(sodium_malloc(size));
  if (buffer.data_ == nullptr) return fail(ErrorCode::kInternal, "out of memory for the vault's content");
  buffer.size_ = size;
  return buffer;
}

LockedBuffer::LockedBuffer(LockedBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

LockedBuffer& LockedBuffer::operator=(LockedBuffer&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

LockedBuffer::~LockedBuffer() {
  if (data_ != nullptr) sodium_free(data_);
}

void LockedBuffer::seal() {
  if (data_ != nullptr) sodium_mprotect_readonly(data_);
}

}  // namespace mcpcred
