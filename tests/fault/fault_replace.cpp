// One replacement by the real function, for replace.test.sh:
//   fault_replace TARGET CONTENT [PREVIOUS]
// The exit code is the one that mcpcred gives for the same error; stderr has its name and message.
#include <cstdio>

#include "platform/file.h"
#include "platform/posix_support.h"

int main(int argc, char** argv) {
  if (argc < 3) return 64;
  mcpcred::ReplaceOptions options;
  if (argc > 3) options.keep_previous_as = argv[3];
  mcpcred::remove_stale_temps(mcpcred::folder_of(argv[1]));
  const auto done = mcpcred::replace_file(argv[1], argv[2], options);
  if (done) return 0;
  const mcpcred::ErrorInfo& info = mcpcred::error_info(done.error().code);
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(info.name.size()), info.name.data(),
               done.error().message.c_str());
  return info.exit_code;
}
