#include "platform/process.h"
#include "unit/platform/helpers.h"

using mcpcred::ErrorCode;
using mcpcred::find_executable;

namespace {

struct Programs {
  Programs() {
    for (const char* name : {"one", "two"}) {
      mkdir((folder / name).c_str(), 0700);
      test::write_text(folder / name + "/tool", "#!/bin/sh\n", 0700);
    }
    test::write_text(folder / "one/plain", "text", 0600);
    test::write_text(folder / "two/plain", "#!/bin/sh\n", 0700);
    test::write_text(folder / "one/only", "text", 0600);
    mkdir((folder / "one/dir").c_str(), 0700);
    path = folder / "one" + ":" + folder / "two";
  }
  test::TempFolder folder;
  std::string path;
};

}  // namespace

TEST_CASE("a bare command is found as a shell finds it") {
  const Programs programs;
  CHECK(find_executable("tool", programs.path, "/").value() == programs.folder / "one/tool");
  CHECK(find_executable("plain", programs.path, "/").value() == programs.folder / "two/plain");
  CHECK(test::code_of(find_executable("only", programs.path, "/")) == ErrorCode::kNotExecutable);
  CHECK(test::code_of(find_executable("dir", programs.path, "/")) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(find_executable("absent", programs.path, "/")) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(find_executable("tool", "", "/")) == ErrorCode::kCommandNotFound);
}

TEST_CASE("D1 empty and relative folders of PATH are passed over") {
  const Programs programs;
  const int code = test::in_child([&] {
    if (chdir((programs.folder / "one").c_str()) != 0) return 1;
    for (const char* element : {"", ".", "./", "../one", ":", "~"}) {
      const std::string path = std::string(element) + ":" + programs.folder / "two";
      const auto found = find_executable("tool", path, programs.folder / "one");
      if (!found || *found != programs.folder / "two/tool") return 2;
      if (find_executable("tool", element, programs.folder / "one")) return 3;
    }
    return 0;
  });
  CHECK(code == 0);
}

TEST_CASE("a command with a slash is taken from the given folder, and the answer is normal") {
  const Programs programs;
  const std::string tool = programs.folder / "one/tool";
  CHECK(find_executable(tool, "", "/").value() == tool);
  CHECK(find_executable("./tool", "", programs.folder / "one").value() == tool);
  CHECK(find_executable("../one/./tool", "", programs.folder / "two").value() == tool);
  CHECK(find_executable("tool", programs.folder / "two/../one/", "/").value() == tool);
  CHECK(test::code_of(find_executable("./tool", programs.path, "/")) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(find_executable("./tool", "", "relative")) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(find_executable(programs.folder / "one/plain", "", "/")) == ErrorCode::kNotExecutable);
  CHECK(test::code_of(find_executable(programs.folder / "one/tool/", "", "/")) == ErrorCode::kCommandNotFound);
}

TEST_CASE("links stay unresolved: a package manager moves what they lead to") {
  const Programs programs;
  REQUIRE(symlink("tool", (programs.folder / "one/link").c_str()) == 0);
  REQUIRE(symlink("nowhere", (programs.folder / "one/dangling").c_str()) == 0);
  CHECK(find_executable("link", programs.path, "/").value() == programs.folder / "one/link");
  CHECK(test::code_of(find_executable("dangling", programs.path, "/")) == ErrorCode::kCommandNotFound);
}

TEST_CASE("commands that no system could start are refused") {
  const Programs programs;
  CHECK(test::code_of(find_executable("", programs.path, "/")) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(find_executable(std::string_view("tool\0x", 6), programs.path, "/")) == ErrorCode::kInvalidInput);
}

TEST_CASE("the current folder is absolute, and an error where it is gone") {
  const int code = test::in_child([] {
    const test::TempFolder folder;
    if (chdir(folder.path().c_str()) != 0) return 1;
    const auto here = mcpcred::current_directory();
    if (!here || *here != folder.path()) return 2;
    if (rmdir(folder.path().c_str()) != 0) return 3;
    return mcpcred::current_directory() ? 4 : 0;
  });
  CHECK(code == 0);
}
