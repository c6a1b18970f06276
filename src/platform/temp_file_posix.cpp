#include "platform/temp_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <limits>
#include <memory>

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/native.h"
#include "platform/posix_support.h"
#include "platform/temp_name.h"

namespace mcpcred {
namespace {

constexpr int kNameTries = 8;

int copy_group(int from, int to) {
  struct stat old {};
  struct stat made {};
  if (fstat(from, &old) != 0 || fstat(to, &made) != 0) return -1;
  return old.st_gid == made.st_gid ? 0 : fchown(to, static_cast<uid_t>(-1), old.st_gid);
}

}  // namespace

std::string temp_file_name(std::string_view target) {
  return make_temp_name(target, static_cast<unsigned long>(getpid()));
}

std::optional<pid_t> temp_file_owner(std::string_view name) {
  const auto owner = pid_in_temp_name(name);
  if (!owner || *owner > static_cast<unsigned long>(std::numeric_limits<pid_t>::max())) return std::nullopt;
  return static_cast<pid_t>(*owner);
}

Descriptor create_exclusively(int folder, const std::string& name) {
  return Descriptor(retry_interrupted([&] {
    return openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0600);
  }));
}

Result<TempFile> TempFile::write(int folder, std::string_view target, std::string_view bytes, unsigned mode,
                                 const std::string& shown, int like) {
  const std::string what = "cannot write " + printable(shown);
  std::string name;
  Descriptor file;
  for (int i = 0; i < kNameTries && !file.valid(); ++i) {
    name = temp_file_name(target);
    file = create_exclusively(folder, name);
    if (!file.valid() && errno != EEXIST) break;
  }
  if (!file.valid()) return system_failure(what, errno);
  TempFile temp(folder, std::move(name));
  if (!write_all(file.get(), bytes)) return system_failure(what, errno);
  // In this order: a change of the group takes bits of the mode away, and an access list holds the mode's bits too.
  if (like >= 0 && copy_group(like, file.get()) != 0) return system_failure(what, errno);
  if (fchmod(file.get(), static_cast<mode_t>(mode)) != 0) return system_failure(what, errno);
  if (like >= 0 && copy_attributes(like, file.get()) != 0) return system_failure(what, errno);
  // Not repeated on failure: the kernel may have dropped the pages already and would then report success.
  if (sync_descriptor(file.get()) != 0) return system_failure(what, errno);
  if (file.close() != 0 && errno != EINTR) return system_failure(what, errno);
  return temp;
}

Result<TempFile> TempFile::link(int source_folder, const std::string& source, int folder, std::string_view target,
                                const std::string& shown) {
  std::string name = temp_file_name(target);
  if (linkat(source_folder, source.c_str(), folder, name.c_str(), 0) != 0)
    return system_failure("cannot keep the previous file as " + printable(shown), errno);
  return TempFile(folder, std::move(name));
}

Result<void> TempFile::rename_to(const std::string& target, const std::string& shown) {
  if (renameat(folder_, name_.c_str(), folder_, target.c_str()) != 0)
    return system_failure("cannot replace " + printable(shown), errno);
  name_.clear();
  return {};
}

TempFile::~TempFile() {
  if (!name_.empty()) unlinkat(folder_, name_.c_str(), 0);
}

void remove_stale_temps(const std::string& dir) {
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir(dir.c_str()), closedir);
  if (!folder) return;
  while (const dirent* entry = readdir(folder.get())) {
    const std::optional<pid_t> owner = temp_file_owner(entry->d_name);
    if (owner && kill(*owner, 0) != 0 && errno == ESRCH) unlinkat(dirfd(folder.get()), entry->d_name, 0);
  }
}

}  // namespace mcpcred
