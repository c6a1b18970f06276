#include "platform/source_file.h"

#include <sys/stat.h>

#include <filesystem>

namespace mcpcred {

SourceFacts look_at_source(const std::string& path) {
  SourceFacts facts;
  struct stat info {};
  if (lstat(path.c_str(), &info) == 0) facts.is_link = S_ISLNK(info.st_mode);
  if (stat(path.c_str(), &info) == 0) {
    facts.is_folder = S_ISDIR(info.st_mode);
    facts.others_can_read = (info.st_mode & 044U) != 0;
    facts.names = static_cast<unsigned>(info.st_nlink);
  }
  std::error_code ignored;
  for (std::filesystem::path folder = std::filesystem::canonical(path, ignored).parent_path(); !folder.empty();
       folder = folder.parent_path()) {
    facts.in_git = facts.in_git || std::filesystem::exists(folder / ".git", ignored);
    if (folder == folder.parent_path()) break;
  }
  return facts;
}

}  // namespace mcpcred
