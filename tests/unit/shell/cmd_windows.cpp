#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

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

// The hostile ones that a program of another kind is tried with, every byte that is held, alone and between others, and
// random ones of those.
std::vector<std::string> all_values() {
  std::vector<std::string> values = kValues;
  for (const char* hostile : {"'; touch pwn; '",
                              "$(touch pwn)",
                              "`touch pwn`",
                              "& echo x>pwn",
                              "| echo x>pwn",
                              "^& echo x>pwn",
                              "x>pwn",
                              "x 2>pwn",
                              "&& echo x>pwn",
                              "(echo x>pwn)",
                              "!event",
                              "%PATH%",
                              "%",
                              "!PATH!",
                              "\"&echo x>pwn&\"",
                              "^&",
                              "line\r\necho x>pwn",
                              "\xe2\x80\x98",
                              "\xff",
                              "back\\",
                              "-n",
                              "{a,b}",
                              "  ",
                              "a,b;c=d",
                              "rem x",
                              "1>&2",
                              "^^",
                              "/a 1+1"})
    values.emplace_back(hostile);
  std::string held;
  for (unsigned byte = 1; byte < 256; ++byte) {
    const auto c = static_cast<char>(byte);
    values.push_back({'a', c, 'b'});
    values.push_back({c});
    if (find_export_syntax("cmd")->can_hold({&c, 1})) held += c;
  }
  std::mt19937 random(20261124);
  for (int i = 0; i < 1000; ++i) {
    std::string value(1 + random() % 24, '\0');
    for (char& c : value) c = held[random() % held.size()];
    values.push_back(value);
  }
  return values;
}

std::string lines_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  std::erase(text, '\r');
  return text;
}

}  // namespace

// Each value that can be held goes through one batch file of the real cmd.exe, which shows what it has got.
TEST_CASE("export C2 C3: cmd.exe reads back every value that is not refused") {
  const TempFolder folder;
  std::string expected;
  std::vector<Secret> secrets;
  std::vector<ExportItem> items;
  const std::vector<std::string> values = all_values();
  secrets.reserve(values.size());
  for (const std::string& value : values) {
    if (!find_export_syntax("cmd")->can_hold(value)) continue;
    const std::string name = "MCPTEST_" + std::to_string(10000 + items.size());
    secrets.push_back(Secret::copy_of(value));
    items.push_back({name, &secrets.back()});
    expected += name + "=" + value + "\n";
  }
  REQUIRE(items.size() > 1200);
  const auto text = format_export(*find_export_syntax("cmd"), items);
  REQUIRE(text);
  std::ofstream(folder.path() + "/values.cmd", std::ios::binary) << "@echo off\r\n" << text->reveal();
  std::ofstream(folder.path() + "/main.cmd", std::ios::binary)
      << "@echo off\r\ncall \"" << folder.path() << "/values.cmd\"\r\nset MCPTEST_>\"" << folder.path()
      << "/out\"\r\nexit /b 0\r\n";
  std::string batch = folder.path() + "/main.cmd";
  std::replace(batch.begin(), batch.end(), '/', '\\');
  REQUIRE(std::system(("\"" + batch + "\"").c_str()) == 0);  // NOLINT(cert-env33-c): a shell is tested
  CHECK((lines_of(folder.path() + "/out") == expected));
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/pwn"));
  CHECK_FALSE(std::filesystem::exists("pwn"));
}

}  // namespace mcpcred::test
