#include "platform/file.h"
#include "unit/platform/helpers.h"

using mcpcred::check_private_dir;
using mcpcred::ErrorCode;
using mcpcred::make_private_dir;

TEST_CASE("G3 make_private_dir makes every missing folder with mode 0700, whatever the umask") {
  for (const mode_t mask : {0000U, 0022U, 0077U, 0777U}) {
    const test::TempFolder folder;
    const test::Umask umask(mask);
    REQUIRE(make_private_dir(folder / "a/b//c"));
    for (const char* name : {"a", "a/b", "a/b/c"}) CHECK(test::mode_of(folder / name) == 0700);
    CHECK(make_private_dir(folder / "a/b/c"));
    CHECK(make_private_dir(folder / "a/b/d/"));
    CHECK(test::mode_of(folder / "a/b/d") == 0700);
  }
}

TEST_CASE("make_private_dir leaves the mode of what is there") {
  const test::TempFolder folder;
  REQUIRE(mkdir((folder / "shared").c_str(), 0755) == 0);
  chmod((folder / "shared").c_str(), 0755);
  REQUIRE(make_private_dir(folder / "shared/ours"));
  CHECK(test::mode_of(folder / "shared") == 0755);
  REQUIRE(make_private_dir(folder / "shared"));
  CHECK(test::mode_of(folder / "shared") == 0755);
}

TEST_CASE("make_private_dir refuses files in its way and relative paths") {
  const test::TempFolder folder;
  test::write_text(folder / "file", "x");
  CHECK(test::code_of(make_private_dir(folder / "file")) == ErrorCode::kIo);
  CHECK(test::code_of(make_private_dir(folder / "file/below")) == ErrorCode::kIo);
  CHECK(test::code_of(make_private_dir("relative")) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(make_private_dir("")) == ErrorCode::kInvalidInput);
}

TEST_CASE("check_private_dir: a folder of ours, or none") {
  const test::TempFolder folder;
  CHECK_FALSE(check_private_dir(folder / "absent").value());
  REQUIRE(make_private_dir(folder / "ours"));
  CHECK(check_private_dir(folder / "ours").value());
  CHECK(check_private_dir(folder / "ours/").value());
  REQUIRE(symlink("ours", (folder / "link").c_str()) == 0);
  CHECK(check_private_dir(folder / "link").value());
  test::write_text(folder / "file", "x");
  CHECK(test::code_of(check_private_dir(folder / "file")) == ErrorCode::kInvalidInput);
}

TEST_CASE("G1 a folder open to others is refused with the chmod to type") {
  const test::TempFolder folder;
  REQUIRE(make_private_dir(folder / "ours"));
  for (const mode_t mode : {0755U, 0777U, 0750U, 0701U}) {
    chmod((folder / "ours").c_str(), mode);
    const auto refused = check_private_dir(folder / "ours");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kUnsafePermissions);
    CHECK(refused.error().hint == "chmod 700 " + folder / "ours");
  }
}

TEST_CASE("G1 a parent that everybody may write to is refused, unless it is sticky") {
  const test::TempFolder folder;
  REQUIRE(make_private_dir(folder / "open/middle/ours"));
  chmod((folder / "open").c_str(), 0777);
  const auto refused = check_private_dir(folder / "open/middle/ours");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kUnsafePermissions);
  CHECK(refused.error().hint == "chmod o-w " + folder / "open");
  REQUIRE(symlink("open/middle/ours", (folder / "link").c_str()) == 0);
  CHECK_FALSE(check_private_dir(folder / "link"));
  chmod((folder / "open").c_str(), 01777);
  CHECK(check_private_dir(folder / "open/middle/ours").value());
}

TEST_CASE("G1 a folder of another user is refused") {
  if (geteuid() != 0) {
    CHECK(test::code_of(check_private_dir("/")) == ErrorCode::kUnsafePermissions);
    return;
  }
  const test::TempFolder folder;
  REQUIRE(make_private_dir(folder / "foreign"));
  REQUIRE(chown((folder / "foreign").c_str(), 65534, 65534) == 0);
  CHECK(test::code_of(check_private_dir(folder / "foreign")) == ErrorCode::kUnsafePermissions);
}
