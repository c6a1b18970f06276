#include "platform/paths.h"

#include <map>

#include "native.h"
#include "platform/process.h"
#include "unit/platform/helpers_windows.h"

using mcpcred::ErrorCode;
using mcpcred::find_executable;
using mcpcred::find_folders;

namespace {

mcpcred::EnvironmentLookup lookup(std::map<std::string, std::string, std::less<>> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    return at == variables.end() ? std::nullopt : std::optional(at->second);
  };
}

}  // namespace

TEST_CASE("paths: absolute is what no current folder or drive changes") {
  for (const char* path : {"C:/x", "c:\\x", "C:/", "//server/share", "\\\\server\\share\\x"})
    CHECK(mcpcred::is_absolute_path(path));
  for (const char* path : {"", "x", "/x", "\\x", "C:", "C:x", "./x", "//", "///x", "1:/x"})
    CHECK_FALSE(mcpcred::is_absolute_path(path));
  CHECK(mcpcred::native_path("C:/x/y") == "C:\\x\\y");
}

TEST_CASE("paths: settings, data and state in the user's folders") {
  const auto folders =
      find_folders(lookup({{"APPDATA", "C:\\users\\\xc3\xa4\\Roaming\\"}, {"LOCALAPPDATA", "C:/users/x/Local"}}), "");
  REQUIRE(folders);
  CHECK(folders->config == "C:/users/\xc3\xa4/Roaming/mcpcred");
  CHECK(folders->data == "C:/users/x/Local/mcpcred");
  CHECK(folders->state == "C:/users/x/Local/mcpcred/state");
}

TEST_CASE("paths: without variables, or with relative ones, by the system") {
  for (const auto& variables :
       {std::map<std::string, std::string, std::less<>>{}, {{"APPDATA", "x"}, {"LOCALAPPDATA", ""}}}) {
    const auto folders = find_folders(lookup(variables), "");
    REQUIRE(folders);
    CHECK(mcpcred::is_absolute_path(folders->config));
    CHECK(folders->config.ends_with("/mcpcred"));
    CHECK(folders->state == folders->data + "/state");
    CHECK(folders->config != folders->data);
  }
  CHECK(mcpcred::is_absolute_path(*mcpcred::find_home(lookup({}))));
}

TEST_CASE("paths: one folder for all by --data-dir") {
  const auto folders = find_folders(lookup({}), "D:\\mcp\\");
  REQUIRE(folders);
  CHECK(folders->data == "D:/mcp");
  CHECK(folders->config == "D:/mcp/config");
  CHECK(folders->state == "D:/mcp/state");
  for (const char* folder : {"x", "/x", "D:", "D:x"})
    CHECK(test::code_of(find_folders(lookup({}), folder)) == ErrorCode::kUsage);
}

TEST_CASE("programs: found by their endings, in absolute folders of PATH only") {
  const test::TempFolder folder;
  const std::string& top = folder.path();
  for (const char* name : {"one", "two"}) std::filesystem::create_directory(top + "/" + name);
  for (const char* name :
       {"one/tool.cmd", "two/tool.exe", "two/other.EXE", "one/script.py", "one/plain", "two/a.b.exe"})
    test::write_text(top + "/" + name, "x");
  std::filesystem::create_directory(top + "/one/dir.exe");
  const std::string path = top + "/one;\"" + mcpcred::native_path(top) + "\\two\"";
  CHECK(find_executable("tool", path, top).value() == top + "/one/tool.cmd");
  CHECK(find_executable("tool.exe", path, top).value() == top + "/two/tool.exe");
  CHECK(find_executable("TOOL", path, top).value() == top + "/one/tool.cmd");
  CHECK(find_executable("other", path, top).value() == top + "/two/other.EXE");
  CHECK(find_executable("a.b", path, top).value() == top + "/two/a.b.exe");
  CHECK(test::code_of(find_executable("script.py", path, top)) == ErrorCode::kNotExecutable);
  CHECK(test::code_of(find_executable("plain", path, top)) == ErrorCode::kNotExecutable);
  CHECK(test::code_of(find_executable("dir", path, top)) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(find_executable("absent", path, top)) == ErrorCode::kCommandNotFound);
  for (const char* relative : {"", ".", "one", ";;", "\\one", "C:one"})
    CHECK(test::code_of(find_executable("tool", relative, top + "/one")) == ErrorCode::kCommandNotFound);
}

TEST_CASE("programs: by a path of one's own, from the working folder") {
  const test::TempFolder folder;
  const std::string& top = folder.path();
  std::filesystem::create_directory(top + "/one");
  test::write_text(top + "/one/tool.exe", "x");
  CHECK(find_executable("./tool", "", top + "/one").value() == top + "/one/tool.exe");
  CHECK(find_executable(".\\tool.exe", "", top + "/one").value() == top + "/one/tool.exe");
  CHECK(find_executable("..\\one\\.\\tool", "", top + "/one").value() == top + "/one/tool.exe");
  CHECK(find_executable(mcpcred::native_path(top) + "\\one\\tool", "", "C:/").value() == top + "/one/tool.exe");
  CHECK(test::code_of(find_executable("./tool", "", "one")) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(find_executable("/tool", "", top)) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(find_executable("C:tool", "", top)) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(find_executable("./absent", "", top)) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(find_executable(std::string_view("tool\0x", 6), top, top)) == ErrorCode::kInvalidInput);
}
