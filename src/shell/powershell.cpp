#include <array>
#include <charconv>

#include "core/utf16.h"
#include "shell/syntaxes.h"

// Windows PowerShell 5.1 and PowerShell 7, one line a variable. What PowerShell reads of a program's output depends on
// the console's code page, is cut at every CR and LF, and joined again with the system's line end. So a line holds
// nothing but printable ASCII: between 'single quotes', where only ' itself is special and is doubled, and every other
// character as [char] with its UTF-16 number. The quotes U+2018 to U+201B, which also end a string, are among those.
namespace mcpcred {
namespace {

constexpr std::size_t kLongestValue = 32700;  // Windows has 32767 characters for name and value

Result<void> can_hold(std::string_view value) {
  MCPCRED_CHECK(check_text("PowerShell", value));
  if (value.size() <= kLongestValue) return {};
  return fail(ErrorCode::kInvalidInput, "a variable of Windows cannot hold a value of this length",
              "read it with mcpcred load");
}

void append_char(Secret& out, unsigned unit) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), unit).ptr;
  out.append("[char]");
  out.append({digits.data(), static_cast<std::size_t>(end - digits.data())});
  wipe(digits.data(), digits.size());
}

bool is_plain(unsigned unit) {
  return unit >= 0x20 && unit < 0x7f;
}

void append(Secret& out, const ExportItem& item, bool) {
  const auto utf16 = utf16_from_utf8(item.value->reveal());
  if (!utf16) return;  // can_hold has refused it
  const std::string_view bytes = utf16->reveal();
  const auto unit_at = [&](std::size_t i) {
    return static_cast<unsigned char>(bytes[i]) | static_cast<unsigned>(static_cast<unsigned char>(bytes[i + 1])) << 8U;
  };
  out.append("$env:");
  out.append(item.name);
  out.append(" = -join(");
  for (std::size_t i = 0; i < bytes.size();) {
    if (i != 0) out.append(",");
    if (!is_plain(unit_at(i))) {
      append_char(out, unit_at(i));
      i += 2;
      continue;
    }
    out.append("'");
    for (; i < bytes.size() && is_plain(unit_at(i)); i += 2) {
      if (bytes[i] == '\'') out.append("'");
      out.append(bytes.substr(i, 1));
    }
    out.append("'");
  }
  out.append(")\n");
}

}  // namespace

const ExportSyntax kPowershellSyntax{
    .name = "powershell",
    .is_shell = true,
    .load_line = "mcpcred export --shell powershell | Invoke-Expression",
    .can_hold = can_hold,
    .append = append,
    .ignores_case = true,
};

}  // namespace mcpcred
