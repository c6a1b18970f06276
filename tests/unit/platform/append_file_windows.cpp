#include "catch.h"
#include "platform/file.h"
#include "temp_folder.h"

namespace mcpcred::test {

TEST_CASE("append_to_file C9: adds to a file that is there, makes none, and takes nothing else") {
  const TempFolder folder;
  const std::string path = folder.path() + "/Übung";
  CHECK_FALSE(append_to_file(path, "x"));
  CHECK_FALSE(append_to_file(folder.path(), {}));
  CHECK_FALSE(append_to_file("NUL", {}));
  REQUIRE(replace_file(path, "before\n"));
  CHECK(append_to_file(path, {}));
  CHECK(append_to_file(path, "after\n"));
  const auto file = read_file(path, 1024, FileCheck::kNone);
  REQUIRE(file);
  CHECK((*file)->bytes.reveal() == "before\nafter\n");
}

}  // namespace mcpcred::test
