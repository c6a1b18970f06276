#include "platform/foreign_file.h"

namespace mcpcred {

Result<ForeignFile> read_foreign_file(const std::string& path, std::size_t limit) {
  ForeignFile file;
  MCPCRED_TRY(target, follow_own_link(path));
  file.path = target.value_or(path);
  file.linked = file.path != path;
  if (!target) return file;
  MCPCRED_TRY(content, read_file(file.path, limit, FileCheck::kNone));
  if (!content) return file;
  file.exists = true;
  file.bytes = std::move(content->bytes);
  file.stamp = content->stamp;
  return file;
}

}  // namespace mcpcred
