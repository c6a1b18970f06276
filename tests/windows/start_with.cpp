#include <cstdio>

#include "platform/process.h"

// start_with NAME=VALUE… -- PROGRAM ARGUMENT…: with these variables besides those that are there; NAME= takes one away.
// Wine makes the folders' variables itself, so a test cannot set them from outside.
int main(int argc, char** argv) {
  using namespace mcpcred;
  prepare_process();
  const std::vector<std::string> words = command_line(argc, argv);
  std::vector<Secret> environment;
  std::size_t at = 0;
  std::vector<std::string> names;
  for (; at < words.size() && words[at] != "--"; ++at) {
    const std::size_t equals = words[at].find('=');
    names.push_back(environment_key(words[at].substr(0, equals)));
    if (equals + 1 < words[at].size()) environment.push_back(Secret::copy_of(words[at]));
  }
  for (const std::string_view entry : environment_entries()) {
    const std::string key = environment_key(entry.substr(0, entry.find('=')));
    bool given = false;
    for (const std::string& name : names) given = given || name == key;
    if (!given) environment.push_back(Secret::copy_of(entry));
  }
  if (at + 1 >= words.size()) return 99;
  const std::vector<std::string> command(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, words.end());
  const auto code = run_process(command.front(), command, environment);
  if (code) return *code;
  std::fprintf(stderr, "start_with: %s\n", code.error().message.c_str());
  return 98;
}
