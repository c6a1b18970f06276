#include "platform/foreign_file.h"

#include "core/encoding.h"

namespace mcpcred {

Unexpected changed_meanwhile(const std::string& path) {
  return fail(ErrorCode::kConflict, printable(path) + " was changed by another program meanwhile", "do it again");
}

Result<void> check_still_the_same(const ForeignFile& file) {
  MCPCRED_TRY(now, stat_file(file.path));
  const bool same = file.exists ? now && *now == file.stamp : !now;
  return same ? Result<void>() : changed_meanwhile(file.path);
}

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
