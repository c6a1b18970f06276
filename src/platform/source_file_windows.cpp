#include "platform/source_file.h"

#include "platform/fs_path.h"

namespace mcpcred {

SourceFacts look_at_source(const std::string& path) {
  SourceFacts facts;
  std::error_code ignored;
  const std::filesystem::path file = fs_path(path);
  facts.is_folder = std::filesystem::is_directory(file, ignored);
  facts.is_link = std::filesystem::is_symlink(file, ignored);
  if (const auto names = std::filesystem::hard_link_count(file, ignored); !ignored)
    facts.names = static_cast<unsigned>(names);
  for (std::filesystem::path folder = std::filesystem::canonical(file, ignored).parent_path(); !folder.empty();
       folder = folder.parent_path()) {
    facts.in_git = facts.in_git || std::filesystem::exists(folder / ".git", ignored);
    if (folder == folder.parent_path()) break;
  }
  return facts;
}

}  // namespace mcpcred
