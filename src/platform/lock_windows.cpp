#include "platform/lock.h"

#include <algorithm>
#include <charconv>
#include <thread>
#include <utility>

#include "core/encoding.h"
#include "platform/file_windows.h"

// The system's locks are mandatory: what is locked is one byte far behind the file's end, so that the pid in it can be
// read. Nobody can delete or rename the file while it is open, as deleting is not shared.
namespace mcpcred {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kFirstPause(1);
constexpr std::chrono::milliseconds kLongestPause(20);
constexpr DWORD kLockedByteHigh = 0x40000000;

Result<Handle> open_lock_file(const std::string& path) {
  const std::string what = "cannot open the lock " + printable(path);
  MCPCRED_TRY(wide, wide_path(path));
  MCPCRED_TRY(security, PrivateSecurity::make(false));
  Handle file(CreateFileW(wide.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                          security.attributes(), OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT,
                          nullptr));
  if (!file.valid()) return system_failure(what, GetLastError());
  BY_HANDLE_FILE_INFORMATION info{};
  constexpr DWORD kOther = FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT;
  if (GetFileType(file.get()) != FILE_TYPE_DISK || !GetFileInformationByHandle(file.get(), &info) ||
      (info.dwFileAttributes & kOther) != 0)
    return fail(ErrorCode::kInvalidInput, printable(path) + " is not a regular file");
  return file;
}

// For the message of those who wait, so a failure does not matter and nothing is synced.
void write_pid(HANDLE file) {
  const std::string text = std::to_string(GetCurrentProcessId()) + "\n";
  DWORD written = 0;
  if (WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr)) SetEndOfFile(file);
}

Unexpected busy(HANDLE file, const std::string& path) {
  char text[16];
  DWORD count = 0;
  unsigned long pid = 0;
  if (!ReadFile(file, text, sizeof text, &count, nullptr) ||
      std::from_chars(text, text + count, pid).ec != std::errc() || pid == 0)
    return fail(ErrorCode::kBusy, printable(path) + " is in use by another process", "try again later");
  const std::string number = std::to_string(pid);
  return fail(ErrorCode::kBusy, printable(path) + " is in use by process " + number,
              "wait until it ends, or look at it: tasklist /fi \"pid eq " + number + "\"");
}

}  // namespace

Result<FileLock> FileLock::acquire(const std::string& path, std::chrono::milliseconds patience) {
  const Clock::time_point deadline = Clock::now() + patience;
  std::chrono::milliseconds pause = kFirstPause;
  MCPCRED_TRY(file, open_lock_file(path));
  OVERLAPPED place{};
  place.OffsetHigh = kLockedByteHigh;
  while (!LockFileEx(file.get(), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &place)) {
    const DWORD number = GetLastError();
    if (number != ERROR_LOCK_VIOLATION && number != ERROR_IO_PENDING)
      return system_failure("cannot lock " + printable(path), number);
    if (Clock::now() >= deadline) return busy(file.get(), path);
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, kLongestPause);
  }
  write_pid(file.get());
  return FileLock(reinterpret_cast<std::intptr_t>(file.release()));
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  const Handle dropped(reinterpret_cast<HANDLE>(std::exchange(file_, std::exchange(other.file_, -1))));
  return *this;
}

FileLock::~FileLock() {
  const Handle closed(reinterpret_cast<HANDLE>(file_));
}

}  // namespace mcpcred
