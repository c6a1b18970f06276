#include <algorithm>
#include <iterator>

#include "core/encoding.h"
#include "shell/syntaxes.h"

// There is no one dotenv: this writes only what the parsers of Node (dotenv, --env-file), Python, Ruby, Go and Docker
// Compose all read back the same. 'single quotes' are literal in all of them, unless the value has ' or a backslash
// that Python's parser takes for an escape (\\ or a last one). "double quotes" know \n in all of them, but differ on
// \r, ", \, $ and backquotes. ${…} is replaced by Python's between any quotes, and $(…) is run by what expands after
// parsing (dotenv-expand). Some cut lines at every character that Unicode calls a line's end.
namespace mcpcred {
namespace {

bool fits_single_quotes(std::string_view value) {
  return value.find('\'') == std::string_view::npos && value.find("\\\\") == std::string_view::npos &&
         !value.ends_with('\\') && value.find('\n') == std::string_view::npos;
}

bool fits_double_quotes(std::string_view value) {
  return value.find_first_of("\"\\$`") == std::string_view::npos;
}

// What is read differently, or as code, between any quotes.
bool is_safe_text(std::string_view value) {
  constexpr std::string_view kNotHeld[] = {"${", "$(", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"};
  return std::none_of(value.begin(), value.end(),
                      [](unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f; }) &&
         std::none_of(std::begin(kNotHeld), std::end(kNotHeld),
                      [&](std::string_view text) { return value.find(text) != std::string_view::npos; });
}

Result<void> can_hold(std::string_view value) {
  if (is_utf8(value) && is_safe_text(value) && (fits_single_quotes(value) || fits_double_quotes(value))) return {};
  return fail(ErrorCode::kInvalidInput, "dotenv cannot hold this value so that every parser reads the same",
              "use --format json, or --shell sh");
}

void append(Secret& out, const ExportItem& item, bool) {
  const std::string_view value = item.value->reveal();
  out.append(item.name);
  if (fits_single_quotes(value)) {
    out.append("='");
    out.append(value);
    out.append("'\n");
    return;
  }
  out.append("=\"");
  for (const char c : value) {
    if (c == '\n')
      out.append("\\n");
    else
      out.append({&c, 1});
  }
  out.append("\"\n");
}

}  // namespace

const ExportSyntax kDotenvSyntax{"dotenv", false, "mcpcred export --format dotenv", can_hold, append};

}  // namespace mcpcred
