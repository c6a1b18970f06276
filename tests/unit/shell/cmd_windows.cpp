#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "catch.h"
#include "mcpcred/shell.h"
#include "temp_folder.h"

namespace mcpcred::test {
namespace {

const std::vector<std::string> kValues = {"plain",
                                          "a & echo pwned",
                                          "a | b > c < d",
                                          "^",
                                          "a^b^^",
                                          "(x)",
                                          ")",
                                          "'",
                                          "`x`",
                                          "$(x)",
                                          "\\",
                                          "C:\\folder\\",
                                          "=",
                                          "==a",
                                          " leading and trailing ",
                                          "\ttab",
                                          ";",
                                          ",",
                                          "*",
                                          "?",
                                          "#",
                                          "~",
                                          "@x",
                                          ":label",
                                          "/?",
                                          "a=b",
                                          "{\"a\":1}"};

std::string lines_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::erase(text, '\r');
  return text;
}

}  // namespace

// Each value that can be held goes through one batch file of the real cmd.exe, which shows what it has got.
TEST_CASE("export: cmd.exe reads back every value that is not refused") {
  const TempFolder folder;
  std::string expected;
  std::vector<Secret> secrets;
  std::vector<ExportItem> items;
  secrets.reserve(kValues.size());
  for (std::size_t i = 0; i < kValues.size(); ++i) {
    if (!find_export_syntax("cmd")->can_hold(kValues[i])) continue;
    secrets.push_back(Secret::copy_of(kValues[i]));
    const std::string name = "MCPTEST_" + std::to_string(100 + i);
    items.push_back({name, &secrets.back()});
    expected += name + "=" + kValues[i] + "\n";
  }
  const auto text = format_export(*find_export_syntax("cmd"), items);
  REQUIRE(text);
  std::ofstream(folder.path() + "/values.cmd", std::ios::binary) << "@echo off\r\n" << text->reveal();
  std::ofstream(folder.path() + "/main.cmd", std::ios::binary)
      << "@echo off\r\ncall \"" << folder.path() << "/values.cmd\"\r\nset MCPTEST_>\"" << folder.path()
      << "/out\"\r\nexit /b 0\r\n";
  std::string batch = folder.path() + "/main.cmd";
  std::replace(batch.begin(), batch.end(), '/', '\\');
  REQUIRE(std::system(("\"" + batch + "\"").c_str()) == 0);  // NOLINT(cert-env33-c): a shell is tested
  CHECK(lines_of(folder.path() + "/out") == expected);
}

}  // namespace mcpcred::test
