#include <sys/xattr.h>

#include <cerrno>

#include "platform/foreign_file.h"
#include "unit/platform/helpers.h"

TEST_CASE("foreign file: extended attributes and the access list stay") {
  const test::TempFolder folder;
  test::write_text(folder / "rc", "old", 0640);
  const std::string path = folder / "rc";
  REQUIRE(setxattr(path.c_str(), "user.mcpcred.test", "kept", 4, 0) == 0);
  // Version 2; user::rw-, user:65534:r--, group::r--, mask::r--, other::---
  const unsigned char list[] = {2, 0,    0,    0,    1,    0,    6,    0, 0xff, 0xff, 0xff, 0xff, 2,    0,    4,
                                0, 0xfe, 0xff, 0,    0,    4,    0,    4, 0,    0xff, 0xff, 0xff, 0xff, 0x10, 0,
                                4, 0,    0xff, 0xff, 0xff, 0xff, 0x20, 0, 0,    0,    0xff, 0xff, 0xff, 0xff};
  const bool has_lists = setxattr(path.c_str(), "system.posix_acl_access", list, sizeof list, 0) == 0;
  if (!has_lists) REQUIRE(errno == ENOTSUP);
  const auto file = mcpcred::read_foreign_file(path, 4096);
  REQUIRE(file);
  REQUIRE(mcpcred::replace_foreign_file(*file, "new"));
  CHECK(test::read_text(path) == "new");
  char value[16] = {};
  REQUIRE(getxattr(path.c_str(), "user.mcpcred.test", value, sizeof value) == 4);
  CHECK(std::string(value) == "kept");
  if (!has_lists) return;
  unsigned char kept[64] = {};
  REQUIRE(getxattr(path.c_str(), "system.posix_acl_access", kept, sizeof kept) == static_cast<ssize_t>(sizeof list));
  CHECK(std::equal(std::begin(list), std::end(list), std::begin(kept)));
}
