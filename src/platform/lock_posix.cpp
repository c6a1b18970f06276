#include "platform/lock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <thread>
#include <utility>

#include "core/encoding.h"
#include "platform/native.h"
#include "platform/posix_support.h"

namespace mcpcred {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kFirstPause(1);
constexpr std::chrono::milliseconds kLongestPause(20);

Result<Descriptor> open_lock_file(const std::string& path) {
  const std::string what = "cannot open the lock " + printable(path);
  Descriptor file(retry_interrupted(
      [&] { return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK, 0600); }));
  if (!file.valid()) return system_failure(what, errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return system_failure(what, errno);
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::kInvalidInput, printable(path) + " is not a regular file");
  if (info.st_uid == geteuid() && (info.st_mode & 07777U) != 0600) fchmod(file.get(), 0600);
  return file;
}

// Whoever deletes a lock file that is held would otherwise let a second holder in, through a new file of that name.
bool still_named(int file, const std::string& path) {
  struct stat held {};
  struct stat named {};
  return fstat(file, &held) == 0 && lstat(path.c_str(), &named) == 0 && held.st_dev == named.st_dev &&
         held.st_ino == named.st_ino;
}

// For the message of those who wait, so a failure does not matter and nothing is synced.
void write_pid(int file) {
  const std::string text = std::to_string(getpid()) + "\n";
  const ssize_t count = pwrite(file, text.data(), text.size(), 0);
  if (count < 0 || ftruncate(file, count) != 0) return;
}

std::optional<long> read_pid(int file) {
  char text[16];
  const ssize_t count = pread(file, text, sizeof text, 0);
  long pid = 0;
  if (count <= 0 || std::from_chars(text, text + count, pid).ec != std::errc() || pid <= 0) return std::nullopt;
  return pid;
}

Unexpected busy(int file, const std::string& path) {
  const std::optional<long> pid = read_pid(file);
  if (!pid) return fail(ErrorCode::kBusy, printable(path) + " is in use by another process", "try again later");
  const std::string number = std::to_string(*pid);
  return fail(ErrorCode::kBusy, printable(path) + " is in use by process " + number,
              "wait until it ends, or look at it: ps -fp " + number);
}

}  // namespace

Result<FileLock> FileLock::acquire(const std::string& path, std::chrono::milliseconds patience) {
  const Clock::time_point deadline = Clock::now() + patience;
  std::chrono::milliseconds pause = kFirstPause;
  for (;;) {
    MCPCRED_TRY(file, open_lock_file(path));
    while (try_lock_descriptor(file.get()) != 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EACCES) return system_failure("cannot lock " + printable(path), errno);
      if (Clock::now() >= deadline) return busy(file.get(), path);
      std::this_thread::sleep_for(pause);
      pause = std::min(pause * 2, kLongestPause);
    }
    if (still_named(file.get(), path)) {
      write_pid(file.get());
      return FileLock(file.release());
    }
    if (Clock::now() >= deadline) return busy(file.get(), path);
  }
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  Descriptor dropped(static_cast<int>(std::exchange(file_, std::exchange(other.file_, -1))));
  return *this;
}

FileLock::~FileLock() {
  Descriptor closed(static_cast<int>(file_));
}

}  // namespace mcpcred
