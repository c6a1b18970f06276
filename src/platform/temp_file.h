#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "platform/descriptor.h"

namespace mcpcred {

/// A file that is going to take another one's place: `.<target>.mcpcred.<pid>.<random>` in the open folder `folder`,
/// which must outlive it. Unlinked on destruction unless it was renamed.
class TempFile {
 public:
  /// A new file with these bytes and exactly this mode, whatever the umask, synced. `shown` names the target in errors.
  /// Group, access list and extended attributes are those of the open file `like`, where there is one.
  static Result<TempFile> write(int folder, std::string_view target, std::string_view bytes, unsigned mode,
                                const std::string& shown, int like = -1);
  /// One more name for `source` in `source_folder`. The number of an error tells whether the file system has links.
  static Result<TempFile> link(int source_folder, const std::string& source, int folder, std::string_view target,
                               const std::string& shown);

  TempFile(TempFile&& other) noexcept : folder_(other.folder_), name_(std::exchange(other.name_, {})) {}
  TempFile& operator=(TempFile&&) = delete;
  ~TempFile();

  /// Takes the place of `target`; from then on there is nothing left to unlink.
  Result<void> rename_to(const std::string& target, const std::string& shown);

 private:
  TempFile(int folder, std::string name) : folder_(folder), name_(std::move(name)) {}
  int folder_;
  std::string name_;
};

/// A name as above that nobody can guess. Long targets are cut so that the name stays below 255 bytes.
std::string temp_file_name(std::string_view target);

/// The process that made a temp file of this name; nullopt where the name is not of our pattern.
std::optional<pid_t> temp_file_owner(std::string_view name);

/// Makes a new file for writing, mode 0600. Invalid (with errno EEXIST) where anything has that name, a link too.
Descriptor create_exclusively(int folder, const std::string& name);

}  // namespace mcpcred
