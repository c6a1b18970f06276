#include "core/encoding.h"
#include "platform/file_windows.h"
#include "platform/paths.h"

// Not checked here, other than on POSIX: the folders above. A drive's root lets everybody make folders in it and yet
// lets nobody take one of ours away; the rights that would allow that (to delete children) are the administrators'.
namespace mcpcred {
namespace {

Result<void> make_one(const std::string& path) {
  MCPCRED_TRY(wide, wide_path(path));
  MCPCRED_TRY(security, PrivateSecurity::make(true));
  if (CreateDirectoryW(wide.c_str(), security.attributes())) return {};
  const DWORD number = GetLastError();
  if (number == ERROR_ALREADY_EXISTS && is_folder(wide)) return {};
  return system_failure("cannot make the folder " + printable(path), number);
}

}  // namespace

Result<void> make_private_dir(const std::string& path) {
  if (!is_absolute_path(path)) return fail(ErrorCode::kInvalidInput, printable(path) + " is not an absolute path");
  MCPCRED_TRY(folder, full_path(path));
  // From the end: of "//server/share/…" and "C:/" the first parts are no folders to be made.
  std::vector<std::string> missing;
  std::string part = folder;
  for (;;) {
    MCPCRED_TRY(wide, wide_path(part));
    if (is_folder(wide)) break;
    missing.push_back(part);
    const std::string parent = folder_of(part);
    if (parent == part || name_of(parent).empty()) break;
    part = parent;
  }
  for (; !missing.empty(); missing.pop_back()) MCPCRED_CHECK(make_one(missing.back()));
  return {};
}

Result<bool> check_private_dir(const std::string& path) {
  MCPCRED_TRY(followed, follow_own_link(path));
  if (!followed) return false;
  MCPCRED_TRY(wide, wide_path(*followed));
  if (!is_folder(wide)) return fail(ErrorCode::kInvalidInput, printable(path) + " is not a folder");
  const Handle folder = open_existing(wide, READ_CONTROL, FILE_FLAG_BACKUP_SEMANTICS);
  if (!folder.valid()) return system_failure("cannot look at " + printable(path), GetLastError());
  MCPCRED_TRY(access, access_of(folder.get(), path));
  if (!access.owner.empty())
    return fail(ErrorCode::kUnsafePermissions, printable(path) + " belongs to another user (" + access.owner + ")",
                "look at it: dir /q");
  if (access.others_read || access.others_write)
    return fail(ErrorCode::kUnsafePermissions, printable(path) + " is open to others", take_from_others(path));
  return true;
}

}  // namespace mcpcred
