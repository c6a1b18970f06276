#pragma once

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace mcpcred {

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      number_ = std::exchange(other.number_, -1);
    }
    return *this;
  }
  ~Descriptor() { close(); }

  bool valid() const { return number_ >= 0; }
  int get() const { return number_; }
  int release() { return std::exchange(number_, -1); }

  /// As close(2); 0 where nothing was open. Linux closes also when it answers EINTR, so that is never repeated.
  int close() { return valid() ? ::close(release()) : 0; }

 private:
  int number_;
};

/// Repeats a system call as long as a signal interrupts it.
template <class Call>
auto retry_interrupted(Call call) {
  auto answer = call();
  while (answer == -1 && errno == EINTR) answer = call();
  return answer;
}

}  // namespace mcpcred
