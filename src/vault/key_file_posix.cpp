#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/encoding.h"
#include "platform/native.h"
#include "platform/posix_support.h"
#include "platform/temp_file.h"
#include "vault/key_file.h"

namespace mcpcred {
namespace {

/// 0 or errno.
int write_and_sync(int descriptor, std::string_view bytes, unsigned mode) {
  if (!write_all(descriptor, bytes)) return errno;
  if (fchmod(descriptor, static_cast<mode_t>(mode)) != 0) return errno;
  return sync_descriptor(descriptor) == 0 ? 0 : errno;
}

}  // namespace

Result<bool> write_new_file(const std::string& path, std::string_view bytes, unsigned mode) {
  const std::string what = "cannot make " + printable(path);
  const std::string name = name_of(path);
  MCPCRED_TRY(folder, open_folder(folder_of(path)));
  struct stat found {};
  if (fstatat(folder.get(), name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0) return false;

  const std::string temp = temp_file_name(name);
  const Descriptor file = create_exclusively(folder.get(), temp);
  if (!file.valid()) return Unexpected(system_error(what, errno));
  int problem = write_and_sync(file.get(), bytes, mode);
  // A link, other than a rename, fails where the name is taken: the file appears whole, and replaces nothing.
  if (problem == 0 && linkat(folder.get(), temp.c_str(), folder.get(), name.c_str(), 0) != 0) problem = errno;
  unlinkat(folder.get(), temp.c_str(), 0);
  if (problem == EEXIST) return false;
  if (problem != 0) return Unexpected(system_error(what, problem));
  if (sync_descriptor(folder.get()) != 0)
    return Unexpected(system_error("cannot sync the folder of " + printable(path), errno));
  return true;
}

}  // namespace mcpcred
