#pragma once

#include <windows.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "mcpcred/result.h"

// Small things that several of the _windows.cpp files need. Inside, texts are UTF-8 and paths have '/'; here is the one
// place where they become UTF-16 and '\', and the other way round.
namespace mcpcred {

/// A handle that is closed with its owner. Both of the values that stand for "none" count as that.
class Handle {
 public:
  explicit Handle(HANDLE handle = nullptr) : handle_(handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Handle() { close(); }

  bool valid() const { return handle_ != nullptr && handle_ != INVALID_HANDLE_VALUE; }
  HANDLE get() const { return handle_; }
  HANDLE release() { return std::exchange(handle_, nullptr); }
  void close() {
    if (valid()) CloseHandle(release());
  }

 private:
  HANDLE handle_;
};

/// nullopt where `text` is no UTF-8.
std::optional<std::wstring> widen(std::string_view text);
/// What is no UTF-16 becomes U+FFFD.
std::string narrow(std::wstring_view text);

/// A path as the system's calls take it; over the old limit of 260 characters with the prefix that lifts it.
Result<std::wstring> wide_path(const std::string& path);
/// A path of the system's as we write it: '/' and none of the prefixes.
std::string path_from_wide(std::wstring_view path);

/// The folder part and the last part of a path of ours.
std::string folder_of(const std::string& path);
std::string name_of(const std::string& path);

/// `path` made absolute, without . and .., as the system reads it.
Result<std::string> full_path(const std::string& path);

inline Unexpected system_failure(std::string_view what, DWORD number) {
  return Unexpected(system_error(what, static_cast<int>(number)));
}

inline bool means_absent(DWORD number) {
  return number == ERROR_FILE_NOT_FOUND || number == ERROR_PATH_NOT_FOUND || number == ERROR_INVALID_NAME ||
         number == ERROR_BAD_NETPATH;
}

}  // namespace mcpcred
