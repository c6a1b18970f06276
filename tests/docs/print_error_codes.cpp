// Makes docs/error-codes.md from the table of codes. With `--check FILE`: whether FILE is what would be made.
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

#include "mcpcred/error.h"

namespace {

std::string error_codes() {
  std::ostringstream page;
  page << "# Error codes\n\n"
          "Made by `scripts/generate-docs`; not edited by hand. With `--json` an error carries its name; it does not "
          "change.\n"
          "0 is success, and 1 says that `check` found something that needs a hand.\n\n"
          "| exit code | name | meaning |\n"
          "|---|---|---|\n";
  for (const auto& row : mcpcred::all_error_codes())
    page << "| " << row.exit_code << " | `" << row.name << "` | " << row.meaning << " |\n";
  return page.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--check") {
    std::ifstream file(argv[2], std::ios::binary);
    const std::string kept{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (kept == error_codes()) return 0;
    std::cerr << argv[2] << " is not what the table of codes says; run scripts/generate-docs\n";
    return 1;
  }
  std::cout << error_codes();
  return std::cout.flush() ? 0 : 1;
}
