#pragma once

#include <string>
#include <vector>

#include "cli/context.h"

namespace mcpcred::cli {

/// Runs one command line (without the program's name) and returns the exit code. Prints errors and hints itself.
int run_app(Outside outside, std::vector<std::string> words);

}  // namespace mcpcred::cli
