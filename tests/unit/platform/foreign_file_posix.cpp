#include "platform/foreign_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include "unit/platform/helpers.h"

using mcpcred::ErrorCode;
using mcpcred::read_foreign_file;
using mcpcred::replace_foreign_file;

TEST_CASE("foreign file: another program's change between reading and replacing is not lost") {
  const test::TempFolder folder;
  test::write_text(folder / "rc", "old", 0644);
  const auto file = read_foreign_file(folder / "rc", 4096);
  REQUIRE(file);
  test::write_text(folder / "rc", "theirs", 0644);
  const auto replaced = replace_foreign_file(*file, "ours");
  REQUIRE_FALSE(replaced);
  CHECK(replaced.error().code == ErrorCode::kConflict);
  CHECK(test::read_text(folder / "rc") == "theirs");
  CHECK(test::names_in(folder.path()) == std::set<std::string>{"rc"});
  CHECK_FALSE(remove_foreign_file(*file));
  CHECK(test::read_text(folder / "rc") == "theirs");
}

TEST_CASE("foreign file: one that came up meanwhile is not overwritten") {
  const test::TempFolder folder;
  const auto file = read_foreign_file(folder / "below/rc", 4096);
  REQUIRE(file);
  CHECK_FALSE(file->exists);
  REQUIRE(mkdir((folder / "below").c_str(), 0700) == 0);
  test::write_text(folder / "below/rc", "theirs", 0644);
  CHECK(replace_foreign_file(*file, "ours").error().code == ErrorCode::kConflict);
  CHECK(test::read_text(folder / "below/rc") == "theirs");
}

TEST_CASE("foreign file: mode, group and owner stay") {
  const test::TempFolder folder;
  for (const mode_t mode : {0600U, 0644U, 0664U, 0755U}) {
    test::write_text(folder / "rc", "old", mode);
    if (geteuid() == 0) REQUIRE(chown((folder / "rc").c_str(), 0, 65534) == 0);
    const auto file = read_foreign_file(folder / "rc", 4096);
    REQUIRE(file);
    REQUIRE(replace_foreign_file(*file, "new"));
    struct stat info {};
    REQUIRE(stat((folder / "rc").c_str(), &info) == 0);
    CHECK((info.st_mode & 07777U) == mode);
    CHECK(info.st_uid == geteuid());
    if (geteuid() == 0) CHECK(info.st_gid == 65534);
    CHECK(test::read_text(folder / "rc") == "new");
    REQUIRE(unlink((folder / "rc").c_str()) == 0);
  }
}
