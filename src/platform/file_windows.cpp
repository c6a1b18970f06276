#include "platform/file_windows.h"

#include "core/encoding.h"
#include "platform/temp_name.h"

namespace mcpcred {
namespace {

constexpr int kNameTries = 8;
constexpr int kMoveTries = 20;
constexpr DWORD kMovePauseMs = 50;
constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

bool write_all(HANDLE file, std::string_view bytes) {
  while (!bytes.empty()) {
    DWORD written = 0;
    const DWORD wanted = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1U << 20U));
    if (!WriteFile(file, bytes.data(), wanted, &written, nullptr)) return false;
    if (written == 0) {
      SetLastError(ERROR_WRITE_FAULT);
      return false;
    }
    bytes.remove_prefix(written);
  }
  return true;
}

}  // namespace

Handle open_existing(const std::wstring& path, DWORD access, DWORD flags) {
  return Handle(
      CreateFileW(path.c_str(), access, kShareAll, nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL | flags, nullptr));
}

Result<std::optional<std::string>> follow_own_link(const std::string& path) {
  MCPCRED_TRY(wide, wide_path(path));
  const DWORD attributes = GetFileAttributesW(wide.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) {
    const DWORD number = GetLastError();
    if (means_absent(number)) return std::optional<std::string>();
    return system_failure("cannot look at " + printable(path), number);
  }
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return std::optional<std::string>(path);
  const Handle link = open_existing(wide, READ_CONTROL, FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS);
  if (!link.valid()) return system_failure("cannot look at " + printable(path), GetLastError());
  MCPCRED_TRY(access, access_of(link.get(), path));
  if (!access.owner.empty())
    return fail(ErrorCode::kUnsafePermissions,
                printable(path) + " is a link made by another user (" + access.owner + ")", "look at it: dir /q");
  const Handle target = open_existing(wide, READ_CONTROL, FILE_FLAG_BACKUP_SEMANTICS);
  if (!target.valid()) {
    const DWORD number = GetLastError();
    if (means_absent(number))
      return fail(ErrorCode::kIo, printable(path) + " is a link to a file that is not there", "look at it: dir /q",
                  static_cast<long>(number));
    return system_failure("cannot follow the link " + printable(path), number);
  }
  wchar_t real[32768];
  const DWORD size = GetFinalPathNameByHandleW(target.get(), real, static_cast<DWORD>(std::size(real)), 0);
  if (size == 0 || size >= std::size(real))
    return system_failure("cannot follow the link " + printable(path), GetLastError());
  return std::optional<std::string>(path_from_wide({real, size}));
}

bool FileIdentity::same_as(const FileIdentity& other) const {
  return info.dwVolumeSerialNumber == other.info.dwVolumeSerialNumber &&
         info.nFileIndexHigh == other.info.nFileIndexHigh && info.nFileIndexLow == other.info.nFileIndexLow;
}

std::optional<FileIdentity> identity_of(const std::wstring& path) {
  const Handle file = open_existing(path, FILE_READ_ATTRIBUTES, FILE_FLAG_BACKUP_SEMANTICS);
  FileIdentity identity;
  if (!file.valid() || !GetFileInformationByHandle(file.get(), &identity.info)) return std::nullopt;
  return identity;
}

Result<std::string> write_temp(const std::string& target, std::string_view bytes) {
  const std::string what = "cannot write " + printable(target);
  MCPCRED_TRY(security, PrivateSecurity::make(false));
  std::string path;
  Handle file;
  for (int i = 0; i < kNameTries && !file.valid(); ++i) {
    path = folder_of(target) + "/" + make_temp_name(name_of(target), GetCurrentProcessId());
    MCPCRED_TRY(wide, wide_path(path));
    file = Handle(
        CreateFileW(wide.c_str(), GENERIC_WRITE, 0, security.attributes(), CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file.valid() && GetLastError() != ERROR_FILE_EXISTS) return system_failure(what, GetLastError());
  }
  if (!file.valid()) return system_failure(what, ERROR_FILE_EXISTS);
  if (write_all(file.get(), bytes) && FlushFileBuffers(file.get())) return path;
  const DWORD number = GetLastError();
  file.close();
  delete_quietly(path);
  return system_failure(what, number);
}

DWORD move_file(const std::string& from, const std::string& target, bool only_new) {
  const auto old_name = wide_path(from);
  const auto new_name = wide_path(target);
  if (!old_name || !new_name) return ERROR_INVALID_NAME;
  const DWORD flags = MOVEFILE_WRITE_THROUGH | (only_new ? 0U : MOVEFILE_REPLACE_EXISTING);
  for (int i = 1;; ++i) {
    if (MoveFileExW(old_name->c_str(), new_name->c_str(), flags)) return ERROR_SUCCESS;
    const DWORD number = GetLastError();
    if (i == kMoveTries || (number != ERROR_SHARING_VIOLATION && number != ERROR_ACCESS_DENIED)) return number;
    if (only_new && GetFileAttributesW(new_name->c_str()) != INVALID_FILE_ATTRIBUTES) return ERROR_ALREADY_EXISTS;
    Sleep(kMovePauseMs);
  }
}

bool is_folder(const std::wstring& path) {
  const DWORD attributes = GetFileAttributesW(path.c_str());
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

void delete_quietly(const std::string& path) {
  if (const auto wide = wide_path(path)) DeleteFileW(wide->c_str());
}

}  // namespace mcpcred
