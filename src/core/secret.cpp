#include "mcpcred/secret.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace mcpcred {

void wipe(void* data, std::size_t size) noexcept {
  if (data != nullptr) sodium_memzero(data, size);
}

Secret Secret::copy_of(std::string_view bytes) {
  Secret secret;
  secret.append(bytes);
  return secret;
}

Secret Secret::of_size(std::size_t size) {
  Secret secret;
  secret.reserve(size);
  if (size != 0) std::memset(secret.data_, 0, size);
  secret.size_ = size;
  return secret;
}

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
    other.truncate(0);
  }
  return *this;
}

Secret::~Secret() {
  wipe(data_, capacity_);
  delete[] data_;
}

void Secret::reserve(std::size_t capacity) {
  if (capacity <= capacity_) return;
  char* larger = new char[capacity];
  if (size_ != 0) std::memcpy(larger, data_, size_);
  wipe(data_, capacity_);
  delete[] data_;
  data_ = larger;
  capacity_ = capacity;
}

void Secret::append(std::string_view bytes) {
  if (bytes.empty()) return;
  if (size_ + bytes.size() > capacity_) {
    // `bytes` may point into this very buffer.
    Secret larger;
    larger.reserve(std::max((size_ + bytes.size()) * 3 / 2, std::size_t{32}));
    if (size_ != 0) std::memcpy(larger.data_, data_, size_);
    std::memcpy(larger.data_ + size_, bytes.data(), bytes.size());
    larger.size_ = size_ + bytes.size();
    *this = std::move(larger);
    return;
  }
  std::memcpy(data_ + size_, bytes.data(), bytes.size());
  size_ += bytes.size();
}

void Secret::truncate(std::size_t size) {
  if (size >= size_) return;
  wipe(data_ + size, size_ - size);
  size_ = size;
}

bool operator==(const Secret& a, const Secret& b) {
  return a.size_ == b.size_ && (a.size_ == 0 || sodium_memcmp(a.data_, b.data_, a.size_) == 0);
}

}  // namespace mcpcred
