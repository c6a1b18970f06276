#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"

// A program of Windows gets one text and takes it apart itself.
namespace mcpcred {

/// `argument` so that CommandLineToArgvW and the C library read it back as it is.
std::string quote_argument(std::string_view argument);

/// Whether the file is a batch file, which only cmd.exe can run.
bool is_batch_file(std::string_view path);

/// The whole line for `executable` with argv[1…]. For a batch file a line for cmd.exe, which reads arguments by other
/// rules, and the batch file reads them once more: an argument, or a path, with one of the characters that mean
/// something there is refused (kRefused). kTooLarge over the system's limits.
Result<std::string> make_command_line(const std::string& executable, const std::vector<std::string>& argv);

/// cmd.exe of the system's own folder, whatever COMSPEC says.
std::string command_interpreter();

}  // namespace mcpcred
