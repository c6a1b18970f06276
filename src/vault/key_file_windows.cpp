#include "core/encoding.h"
#include "platform/file_windows.h"
#include "vault/key_file.h"

namespace mcpcred {

// The mode has no use here: the file is for this user alone, and one that is marked read-only could not be deleted.
Result<bool> write_new_file(const std::string& path, std::string_view bytes, unsigned) {
  MCPCRED_TRY(wide, wide_path(path));
  if (GetFileAttributesW(wide.c_str()) != INVALID_FILE_ATTRIBUTES) return false;
  MCPCRED_TRY(temp, write_temp(path, bytes));
  const DWORD number = move_file(temp, path, true);
  if (number == ERROR_SUCCESS) return true;
  delete_quietly(temp);
  if (number == ERROR_ALREADY_EXISTS || number == ERROR_FILE_EXISTS) return false;
  return system_failure("cannot make " + printable(path), number);
}

}  // namespace mcpcred
