#include "core/encoding.h"
#include "shell/syntaxes.h"

// There is no one dotenv: this writes only what the parsers of Node, Python, Ruby, Go and Docker Compose all read back
// the same. 'single quotes' are literal in all of them, unless the value has ' or a backslash that Python's
// parser takes for an escape (\\ or a last one). "double quotes" know \n and \r in all of them, but differ on
// ", \, $ and backquotes.
namespace mcpcred {
namespace {

bool fits_single_quotes(std::string_view value) {
  return value.find('\'') == std::string_view::npos && value.find("\\\\") == std::string_view::npos &&
         !value.ends_with('\\') && value.find_first_of("\n\r") == std::string_view::npos;
}

bool fits_double_quotes(std::string_view value) {
  return value.find_first_of("\"\\$`") == std::string_view::npos;
}

Result<void> can_hold(std::string_view value) {
  if (value.find('\0') == std::string_view::npos && is_utf8(value) &&
      (fits_single_quotes(value) || fits_double_quotes(value)))
    return {};
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
    else if (c == '\r')
      out.append("\\r");
    else
      out.append({&c, 1});
  }
  out.append("\"\n");
}

}  // namespace

const ExportSyntax kDotenvSyntax{"dotenv", false, "mcpcred export --format dotenv", can_hold, append};

}  // namespace mcpcred
