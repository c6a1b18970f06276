#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>

namespace mcpcred {

/// Overwrites `size` bytes in a way that the compiler does not remove.
void wipe(void* data, std::size_t size) noexcept;

/// Bytes that must not be seen: move-only, on the heap, wiped when it is destroyed or assigned to.
/// reveal() is the only way out, so that `grep -r 'reveal()'` lists every place that can leak one.
class Secret {
 public:
  Secret() = default;
  /// A copy of `bytes`; the caller still owns, and wipes, the original.
  static Secret copy_of(std::string_view bytes);
  /// `size` zero bytes, to be filled through writable().
  static Secret of_size(std::size_t size);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  /// The bytes, valid as long as this object is neither moved from, changed nor destroyed.
  std::string_view reveal() const { return {data_, size_}; }
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }

  /// The buffer, to be written into. nullptr when empty.
  char* writable() { return data_; }
  /// Adds to the end; a buffer that is outgrown is wiped.
  void append(std::string_view bytes);
  /// Cuts down to `size` bytes (no effect if it is not longer); what is cut is wiped.
  void truncate(std::size_t size);
  /// Makes room for `capacity` bytes in all, so that append() does not move the buffer until then.
  void reserve(std::size_t capacity);

  Secret clone() const { return copy_of(reveal()); }

  friend bool operator==(const Secret& a, const Secret& b);

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

/// Printing a secret does not compile.
std::ostream& operator<<(std::ostream&, const Secret&) = delete;

}  // namespace mcpcred
