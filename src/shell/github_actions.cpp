#include <algorithm>

#include "core/encoding.h"
#include "shell/syntaxes.h"

// A step of GitHub Actions: the variables go to the end of the file that GITHUB_ENV names, each between two lines that
// nobody can guess, and the step's log gets ::add-mask:: commands first, so that the runner shows *** in their place.
namespace mcpcred {
namespace {

// To hide "}" or "no" would hide half of the log, and tell nothing.
constexpr std::size_t kShortestMask = 4;

Result<void> can_hold(std::string_view value) {
  MCPCRED_CHECK(check_text("the runner", value));
  // A runner on Windows takes CR and LF together for the end of the last line.
  if (value.ends_with('\r'))
    return fail(ErrorCode::kInvalidInput, "a runner would lose the carriage return at the end of the value",
                "start the server with it: mcpcred run SERVER");
  return {};
}

std::string new_delimiter(std::string_view value) {
  std::string delimiter;
  do {
    unsigned char random[16];
    random_fill(random, sizeof random);
    delimiter = "mcpcred_" + hex_encode({reinterpret_cast<const char*>(random), sizeof random});
  } while (value.find(delimiter) != std::string_view::npos);
  return delimiter;
}

void append(Secret& out, const ExportItem& item, bool) {
  const std::string delimiter = new_delimiter(item.value->reveal());
  out.append(item.name);
  out.append("<<" + delimiter + "\n");
  out.append(item.value->reveal());
  out.append("\n" + delimiter + "\n");
}

bool append_one_mask(Secret& out, std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text.find_last_not_of(" \t\r\n") - first + 1 < kShortestMask) return false;
  out.append("::add-mask::");
  for (const char& c : text) {
    if (c == '%')
      out.append("%25");
    else if (c == '\r')
      out.append("%0D");
    else if (c == '\n')
      out.append("%0A");
    else
      out.append({&c, 1});
  }
  out.append("\n");
  return true;
}

// The log is masked line by line, so each line of a value is a secret of its own.
bool append_mask(Secret& out, const ExportItem& item) {
  const std::string_view value = item.value->reveal();
  const bool hidden = append_one_mask(out, value);
  if (value.find_first_of("\r\n") == std::string_view::npos) return hidden;
  for (std::size_t begin = 0; begin < value.size();) {
    const std::size_t end = std::min(value.find_first_of("\r\n", begin), value.size());
    append_one_mask(out, value.substr(begin, end - begin));
    begin = end + 1;
  }
  return hidden;
}

}  // namespace

const ExportSyntax kGithubActionsSyntax{
    .name = "github-actions",
    .is_shell = false,
    .load_line = "mcpcred export --format github-actions",
    .can_hold = can_hold,
    .append = append,
    .begin = "\n",  // an earlier step may have left a line without its end; empty lines are passed over
    .file_variable = "GITHUB_ENV",
    .append_mask = append_mask,
};

}  // namespace mcpcred
