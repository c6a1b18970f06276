#include <cstdio>
#include <fstream>
#include <random>

#include "catch.h"
#include "temp_folder.h"
#include "unit/shell/support.h"

namespace mcpcred::test {
namespace {

std::vector<std::string> hostile_values() {
  std::vector<std::string> values = {"'; touch pwn; '",
                                     "$(touch pwn)",
                                     "`touch pwn`",
                                     "!event",
                                     "%PATH%",
                                     "^&",
                                     "\xe2\x80\x98\xe2\x80\x99",
                                     "back\\",
                                     "\\",
                                     "line\nline",
                                     "\n",
                                     "trailing\n",
                                     "\r\n",
                                     "\xf0\x9f\x98\x80",
                                     "\xff\xfe",
                                     "''",
                                     "'''",
                                     "\"",
                                     "\\'",
                                     "-n",
                                     "=",
                                     "#",
                                     " ",
                                     "~",
                                     "*",
                                     "FOO=bar\nLD_PRELOAD=/x",
                                     "${HOME}",
                                     "\x1b]0;x\x07"};
  std::string every_byte;
  for (int byte = 1; byte < 256; ++byte) {
    values.push_back(std::string(1, static_cast<char>(byte)));
    every_byte += static_cast<char>(byte);
  }
  values.push_back(every_byte);
  std::mt19937 random(20261124);
  for (int i = 0; i < 10000; ++i) {
    std::string value(1 + random() % 24, '\0');
    for (char& c : value) c = static_cast<char>(1 + random() % 255);
    values.push_back(value);
  }
  return values;
}

// Every value goes through one script of the real shell, which writes what it has got, NUL-separated.
void check_real_shell(const std::string& shell, std::string_view syntax_name) {
  const TempFolder folder;
  const std::vector<std::string> values = hostile_values();
  {
    std::ofstream script(folder.path() + "/script", std::ios::binary);
    script << "cd '" << folder.path() << "' || exit 1\n";
    for (const std::string& value : values) {
      const std::string text = exported(syntax_name, value);
      REQUIRE(text.find("export VALUE=") == 0);
      // As a profile does it: through a command substitution and eval.
      script << text << "printf '%s\\0' \"$VALUE\"\n";
    }
  }
  const std::string command =
      shell + " '" + folder.path() + "/script' > '" + folder.path() + "/out' 2> '" + folder.path() + "/errors'";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT(cert-env33-c): a shell is what is tested
  std::ifstream out(folder.path() + "/out", std::ios::binary);
  std::size_t wrong = 0;
  for (const std::string& value : values) {
    std::string got;
    REQUIRE(std::getline(out, got, '\0'));
    if (got != value) ++wrong;
  }
  CHECK(wrong == 0);
  CHECK_FALSE(std::filesystem::exists(folder.path() + "/pwn"));
}

bool has_program(const std::string& name) {
  return std::system(("command -v " + name + " > /dev/null").c_str()) == 0;  // NOLINT(cert-env33-c)
}

}  // namespace

TEST_CASE("export C1 C2 C3 C4: bash, dash and zsh read back every byte") {
  for (const auto& [program, name] : {std::pair("bash", "bash"), {"dash", "sh"}, {"zsh", "zsh"}}) {
    INFO(program << " is needed: scripts/test installs it");
    REQUIRE(has_program(program));
    check_real_shell(program, name);
  }
}

}  // namespace mcpcred::test
