#include "core/encoding.h"
#include "platform/file_windows.h"
#include "platform/temp_name.h"

// A folder cannot be synced on Windows; MOVEFILE_WRITE_THROUGH returns when the new name is on the disk. The mode of
// ReplaceOptions has no use here: files of ours are for this user alone.
namespace mcpcred {
namespace {

constexpr std::size_t kMaxCopiedBytes = 64 * 1024 * 1024;

// A hard link as the previous file, or a copy where the disk has no links.
Result<std::string> link_or_copy(const std::string& current, const std::wstring& wide, const std::string& kept) {
  const std::string temp = folder_of(kept) + "/" + make_temp_name(name_of(kept), GetCurrentProcessId());
  MCPCRED_TRY(wide_temp, wide_path(temp));
  if (CreateHardLinkW(wide_temp.c_str(), wide.c_str(), nullptr)) return temp;
  MCPCRED_TRY(content, read_file(current, kMaxCopiedBytes, FileCheck::kNone));
  if (!content) return fail(ErrorCode::kConflict, printable(current) + " vanished while it was replaced");
  return write_temp(kept, content->bytes.reveal());
}

Result<void> keep_previous(const std::string& current, const std::string& kept) {
  MCPCRED_TRY(wide, wide_path(current));
  MCPCRED_TRY(wide_kept, wide_path(kept));
  const auto now = identity_of(wide);
  if (!now) {
    const DWORD number = GetLastError();
    if (means_absent(number)) return {};
    return system_failure("cannot look at " + printable(current), number);
  }
  // A writer that was killed between its two moves left both names on one file.
  if (const auto previous = identity_of(wide_kept); previous && previous->same_as(*now)) return {};
  MCPCRED_TRY(temp, link_or_copy(current, wide, kept));
  if (const DWORD number = move_file(temp, kept, false); number != ERROR_SUCCESS) {
    delete_quietly(temp);
    return system_failure("cannot keep the previous file as " + printable(kept), number);
  }
  return {};
}

}  // namespace

Result<void> replace_file(const std::string& path, std::string_view bytes, const ReplaceOptions& options) {
  MCPCRED_TRY(followed, follow_own_link(path));
  const std::string target = followed ? *followed : path;
  if (name_of(target).empty()) return fail(ErrorCode::kInvalidInput, printable(path) + " names no file");
  MCPCRED_TRY(wide, wide_path(target));
  if (is_folder(wide)) return fail(ErrorCode::kInvalidInput, printable(path) + " is not a regular file");
  MCPCRED_TRY(temp, write_temp(target, bytes));
  if (!options.keep_previous_as.empty()) {
    if (auto kept = keep_previous(target, options.keep_previous_as); !kept) {
      delete_quietly(temp);
      return kept;
    }
  }
  if (const DWORD number = move_file(temp, target, false); number != ERROR_SUCCESS) {
    delete_quietly(temp);
    return system_failure("cannot replace " + printable(path), number);
  }
  return {};
}

Result<bool> remove_file(const std::string& path) {
  MCPCRED_TRY(wide, wide_path(path));
  if (DeleteFileW(wide.c_str())) return true;
  const DWORD number = GetLastError();
  if (means_absent(number)) return false;
  return system_failure("cannot remove " + printable(path), number);
}

void remove_stale_temps(const std::string& dir) {
  const auto pattern = wide_path(dir + "/.*.mcpcred.*");
  if (!pattern) return;
  WIN32_FIND_DATAW found{};
  const HANDLE search = FindFirstFileW(pattern->c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return;
  do {
    const std::string name = narrow(found.cFileName);
    const auto owner = pid_in_temp_name(name);
    if (!owner) continue;
    const Handle process(OpenProcess(SYNCHRONIZE, FALSE, static_cast<DWORD>(*owner)));
    // A process of another user is one that is there.
    if (!process.valid() && GetLastError() == ERROR_INVALID_PARAMETER) delete_quietly(dir + "/" + name);
  } while (FindNextFileW(search, &found));
  FindClose(search);
}

}  // namespace mcpcred
