#pragma once

#include <string>

namespace mcpcred {

/// What is worth knowing of a file of somebody's before its content is moved elsewhere and it is removed.
struct SourceFacts {
  bool is_folder = false;
  bool is_link = false;          ///< the path is a symbolic link
  bool others_can_read = false;  ///< by its mode; false where modes do not tell (Windows)
  unsigned names = 1;            ///< hard links: another name keeps the content
  bool in_git = false;           ///< it lies below a folder with a .git
};

/// As far as it can be looked at; what cannot is as above.
SourceFacts look_at_source(const std::string& path);

}  // namespace mcpcred
