#include <algorithm>
#include <cstring>

#include "core/encoding.h"
#include "platform/file_windows.h"

namespace mcpcred {
namespace {

FileStamp stamp_of(const BY_HANDLE_FILE_INFORMATION& info) {
  const auto join = [](DWORD high, DWORD low) { return (std::uint64_t{high} << 32U) | low; };
  // 100 ns since 1601; only ever compared with another one.
  const auto ticks = join(info.ftLastWriteTime.dwHighDateTime, info.ftLastWriteTime.dwLowDateTime);
  return {info.dwVolumeSerialNumber, join(info.nFileIndexHigh, info.nFileIndexLow), static_cast<std::int64_t>(ticks),
          join(info.nFileSizeHigh, info.nFileSizeLow)};
}

Result<void> check_regular(const std::string& path, HANDLE file, const BY_HANDLE_FILE_INFORMATION& info) {
  if ((info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
    return fail(ErrorCode::kInvalidInput, printable(path) + " is a folder, not a file");
  if (GetFileType(file) != FILE_TYPE_DISK)
    return fail(ErrorCode::kInvalidInput, printable(path) + " is a device, not a file");
  return {};
}

Result<void> check_access(const std::string& path, HANDLE file, FileCheck check) {
  if (check == FileCheck::kNone) return {};
  MCPCRED_TRY(access, access_of(file, path));
  if (!access.owner.empty())
    return fail(ErrorCode::kUnsafePermissions, printable(path) + " belongs to another user (" + access.owner + ")",
                "look at it: dir /q");
  if (check == FileCheck::kPrivate && (access.others_read || access.others_write))
    return fail(ErrorCode::kUnsafePermissions,
                printable(path) + (access.others_read ? " can be read" : " can be used") + " by others",
                take_from_others(path));
  if (access.others_write)
    return fail(ErrorCode::kUnsafePermissions, printable(path) + " can be changed by others", take_from_others(path));
  return {};
}

Unexpected too_large(const std::string& path, std::size_t limit) {
  return fail(ErrorCode::kTooLarge, printable(path) + " is larger than " + std::to_string(limit) + " bytes");
}

// The size is only where we begin: the file may grow or shrink while it is read.
Result<Secret> read_all(HANDLE file, const std::string& path, std::size_t expected, std::size_t limit) {
  Secret bytes = Secret::of_size(expected + 1);
  std::size_t used = 0;
  for (;;) {
    DWORD count = 0;
    if (!ReadFile(file, bytes.writable() + used, static_cast<DWORD>(bytes.size() - used), &count, nullptr))
      return system_failure("cannot read " + printable(path), GetLastError());
    if (count == 0) break;
    used += count;
    if (used > limit) return too_large(path, limit);
    if (used == bytes.size()) {
      Secret larger = Secret::of_size(used + std::min(std::max<std::size_t>(used, 4096), limit - used + 1));
      std::memcpy(larger.writable(), bytes.writable(), used);
      bytes = std::move(larger);
    }
  }
  bytes.truncate(used);
  return bytes;
}

}  // namespace

Result<std::optional<FileContent>> read_file(const std::string& path, std::size_t limit, FileCheck check) {
  std::string target = path;
  if (check == FileCheck::kPrivate) {
    MCPCRED_TRY(followed, follow_own_link(path));
    if (!followed) return std::optional<FileContent>();
    target = *followed;
  }
  MCPCRED_TRY(wide, wide_path(target));
  // Windows refuses to open a folder as a file, for a reason that says nothing.
  if (is_folder(wide)) return fail(ErrorCode::kInvalidInput, printable(path) + " is a folder, not a file");
  const Handle file = open_existing(wide, GENERIC_READ | READ_CONTROL);
  if (!file.valid()) {
    const DWORD number = GetLastError();
    if (means_absent(number)) return std::optional<FileContent>();
    return system_failure("cannot read " + printable(path), number);
  }
  BY_HANDLE_FILE_INFORMATION info{};
  if (GetFileType(file.get()) == FILE_TYPE_DISK && !GetFileInformationByHandle(file.get(), &info))
    return system_failure("cannot read " + printable(path), GetLastError());
  MCPCRED_CHECK(check_regular(path, file.get(), info));
  MCPCRED_CHECK(check_access(path, file.get(), check));
  const FileStamp stamp = stamp_of(info);
  if (stamp.size > limit) return too_large(path, limit);
  MCPCRED_TRY(bytes, read_all(file.get(), path, static_cast<std::size_t>(stamp.size), limit));
  return std::optional<FileContent>(FileContent{std::move(bytes), stamp});
}

Result<std::optional<FileStamp>> stat_file(const std::string& path) {
  MCPCRED_TRY(wide, wide_path(path));
  const Handle file = open_existing(wide, FILE_READ_ATTRIBUTES, FILE_FLAG_BACKUP_SEMANTICS);
  BY_HANDLE_FILE_INFORMATION info{};
  if (file.valid() && GetFileInformationByHandle(file.get(), &info)) return std::optional<FileStamp>(stamp_of(info));
  const DWORD number = GetLastError();
  if (!file.valid() && means_absent(number)) return std::optional<FileStamp>();
  return system_failure("cannot look at " + printable(path), number);
}

}  // namespace mcpcred
