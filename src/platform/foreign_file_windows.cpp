#include "platform/foreign_file.h"

#include "core/encoding.h"
#include "platform/file_windows.h"
#include "platform/paths.h"
#include "platform/temp_name.h"

// ReplaceFileW gives the new file the old one's access list, attributes and streams. With a backup name: without one it
// may fail half way with the old file gone.
namespace mcpcred {
namespace {

Result<void> swap_in(const std::string& temp, const std::string& target) {
  const std::string backup = folder_of(target) + "/" + make_temp_name(name_of(target), GetCurrentProcessId());
  MCPCRED_TRY(wide_temp, wide_path(temp));
  MCPCRED_TRY(wide_target, wide_path(target));
  MCPCRED_TRY(wide_backup, wide_path(backup));
  if (ReplaceFileW(wide_target.c_str(), wide_temp.c_str(), wide_backup.c_str(), 0, nullptr, nullptr)) {
    delete_quietly(backup);
    return {};
  }
  const DWORD number = GetLastError();
  // The old file has been renamed by then, and the new one could not take its name.
  if (number == ERROR_UNABLE_TO_MOVE_REPLACEMENT_2) move_file(backup, target, true);
  return system_failure("cannot replace " + printable(target), number);
}

}  // namespace

Result<void> check_replaceable(const ForeignFile& file) {
  if (!file.exists) return {};
  MCPCRED_TRY(wide, wide_path(file.path));
  const DWORD attributes = GetFileAttributesW(wide.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return changed_meanwhile(file.path);
  if ((attributes & FILE_ATTRIBUTE_READONLY) != 0)
    return fail(ErrorCode::kRefused, printable(file.path) + " is write-protected",
                "attrib -r \"" + native_path(file.path) + "\"");
  return {};
}

Result<void> replace_foreign_file(const ForeignFile& file, std::string_view bytes) {
  MCPCRED_CHECK(check_replaceable(file));
  if (!file.exists) MCPCRED_CHECK(make_private_dir(folder_of(file.path)));
  MCPCRED_TRY(temp, write_temp(file.path, bytes));
  Result<void> done = check_still_the_same(file);
  if (done && file.exists) done = swap_in(temp, file.path);
  if (done && !file.exists) {
    if (const DWORD number = move_file(temp, file.path, true); number != ERROR_SUCCESS)
      done = system_failure("cannot write " + printable(file.path), number);
  }
  if (!done) delete_quietly(temp);
  return done;
}

// By our name pattern alone: other files here that it fits are copies of ours too.
void remove_stale_copies(const std::string& path) {
  remove_stale_temps(folder_of(path));
}

Result<void> remove_foreign_file(const ForeignFile& file) {
  MCPCRED_CHECK(check_replaceable(file));
  MCPCRED_CHECK(check_still_the_same(file));
  MCPCRED_CHECK(remove_file(file.path));
  return {};
}

}  // namespace mcpcred
