#include <algorithm>

#include "shell/syntaxes.h"

// cmd.exe, in the one form that it reads the same in a batch file (`call file.cmd`) and line by line from
//   for /f "tokens=1*" %i in ('mcpcred export --shell cmd') do @set %j
// Between set "…" all is itself but what is refused here: % and ! are expanded in the one place and not in the other,
// or as delayed expansion is switched; " ends the quotes; control characters end the line or the file; other bytes than
// ASCII are read in the code page of the machine. ^ & | < > are themselves inside of the quotes. A batch file shows its
// lines as it runs them: it should begin with @echo off.
namespace mcpcred {
namespace {

constexpr std::size_t kLongestValue = 7900;  // a line has at most 8191 characters, and a name 255

bool is_unsafe(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte >= 0x7f || c == '%' || c == '!' || c == '"';
}

Result<void> can_hold(std::string_view value) {
  if (value.size() > kLongestValue)
    return fail(ErrorCode::kInvalidInput, "a line of cmd cannot hold a value of this length",
                "start the program with it: mcpcred run SERVER");
  if (std::none_of(value.begin(), value.end(), is_unsafe)) return {};
  return fail(ErrorCode::kInvalidInput,
              "cmd cannot hold a value with % ! \" line breaks, control characters or other letters than ASCII safely",
              "start the program with it: mcpcred run SERVER");
}

void append(Secret& out, const ExportItem& item, bool) {
  out.append("set \"");
  out.append(item.name);
  out.append("=");
  out.append(item.value->reveal());
  out.append("\"\r\n");
}

}  // namespace

const ExportSyntax kCmdSyntax{
    .name = "cmd",
    .is_shell = true,
    .load_line = R"(for /f "tokens=1*" %i in ('mcpcred export --shell cmd') do @set %j)",
    .can_hold = can_hold,
    .append = append,
    .ignores_case = true,
};

}  // namespace mcpcred
