#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/access_windows.h"
#include "platform/file.h"
#include "platform/windows_support.h"

// What the files of ours that are read, replaced and made anew have in common on Windows.
namespace mcpcred {

/// Opens what is there. Readers share everything, deleting too, so that nobody has to wait for them.
Handle open_existing(const std::wstring& path, DWORD access, DWORD flags = 0);

/// A number that names one file of one disk, whatever it is called.
struct FileIdentity {
  BY_HANDLE_FILE_INFORMATION info{};
  bool same_as(const FileIdentity& other) const;
};
std::optional<FileIdentity> identity_of(const std::wstring& path);

/// A new file beside `target`, with these bytes, written through to the disk, for this user alone. Its path. Gone again
/// where anything fails.
Result<std::string> write_temp(const std::string& target, std::string_view bytes);

/// Takes the place of `target`, or with `only_new` makes it; other programs that look at a new file at once (virus
/// scanners, indexers) get a second to let go. 0 or the system's number.
DWORD move_file(const std::string& from, const std::string& target, bool only_new);

bool is_folder(const std::wstring& path);

void delete_quietly(const std::string& path);

}  // namespace mcpcred
