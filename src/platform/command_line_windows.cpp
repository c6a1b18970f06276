#include "platform/command_line_windows.h"

#include <algorithm>

#include "core/encoding.h"
#include "platform/paths.h"
#include "platform/process.h"
#include "platform/windows_support.h"

namespace mcpcred {
namespace {

constexpr std::size_t kLongestLine = 32766;
constexpr std::size_t kLongestBatchLine = 8190;

// Inside of quotes & | < > and ^ are harmless once; a batch file that hands its arguments on reads them again.
bool is_dangerous(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || std::string_view("\"%!^&|<>").find(c) != std::string_view::npos;
}

std::string in_quotes(std::string_view argument) {
  std::string quoted = "\"";
  std::size_t backslashes = 0;
  for (const char c : argument) {
    if (c == '\\') {
      ++backslashes;
      continue;
    }
    // Backslashes are doubled before a quote only, and that quote gets one more.
    quoted.append(c == '"' ? 2 * backslashes + 1 : backslashes, '\\');
    backslashes = 0;
    quoted += c;
  }
  quoted.append(2 * backslashes, '\\');
  return quoted + "\"";
}

Result<std::string> batch_line(const std::string& executable, const std::vector<std::string>& argv) {
  const std::string path = native_path(executable);
  if (std::any_of(path.begin(), path.end(), is_dangerous))
    return fail(ErrorCode::kRefused, printable(executable) + " is a batch file whose path cmd.exe would misread",
                "install it in a folder without % ^ & ! in its name");
  std::string line = "\"" + command_interpreter() + "\" /d /e:on /v:off /s /c \"\"" + path + "\"";
  for (std::size_t i = 1; i < argv.size(); ++i) {
    if (std::any_of(argv[i].begin(), argv[i].end(), is_dangerous))
      return fail(ErrorCode::kRefused,
                  printable(executable) + " is a batch file, and cmd.exe would read an argument of it as commands",
                  "leave \" % ! ^ & | < > out of its arguments, or start the program behind it directly");
    // In quotes even where there is nothing to quote: cmd splits at , ; and = too.
    line += " " + in_quotes(argv[i]);
  }
  return line + "\"";
}

}  // namespace

std::string quote_argument(std::string_view argument) {
  const bool plain = !argument.empty() && argument.find_first_of(" \t\n\v\"") == std::string_view::npos;
  return plain ? std::string(argument) : in_quotes(argument);
}

bool is_batch_file(std::string_view path) {
  const std::string key = environment_key(path);
  return key.ends_with(".BAT") || key.ends_with(".CMD");
}

std::string command_interpreter() {
  wchar_t folder[MAX_PATH];
  const UINT size = GetSystemDirectoryW(folder, MAX_PATH);
  return narrow({folder, std::min<std::size_t>(size, MAX_PATH)}) + "\\cmd.exe";
}

Result<std::string> make_command_line(const std::string& executable, const std::vector<std::string>& argv) {
  const bool batch = is_batch_file(executable);
  std::string line;
  if (batch) {
    MCPCRED_TRY(made, batch_line(executable, argv));
    line = std::move(made);
  } else {
    // The first word is read by simpler rules, and cannot hold a quote.
    line = "\"" + native_path(executable) + "\"";
    for (std::size_t i = 1; i < argv.size(); ++i) line += " " + quote_argument(argv[i]);
  }
  if (line.size() > (batch ? kLongestBatchLine : kLongestLine))
    return fail(ErrorCode::kTooLarge, "the arguments for " + printable(executable) + " are longer than Windows allows",
                "start it with fewer or shorter arguments");
  return line;
}

}  // namespace mcpcred
