#include <algorithm>
#include <iterator>

#include "core/encoding.h"
#include "shell/syntaxes.h"

// There is no one dotenv: this writes only what the parsers of Node (dotenv, --env-file), Python, Ruby, Go and Docker
// Compose all read back the same. 'single quotes' are literal in all of them, unless the value has ' or a backslash
// that Python's parser takes for an escape (\\ or a last one). A line end stands as it is in "double quotes", as Ruby
// reads \n as two characters; they differ on ", \, $ and backquotes. ${…} is replaced by Python's between any quotes,
// and $(…) is run by what expands after parsing (dotenv-expand). Some cut lines at every character that Unicode calls a
// line's end, and `docker run --env-file` knows no quotes: no line of a value may look like another variable.
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

bool is_name_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

// "NAME=x", "export NAME = x", "NAME: x". The padding at the end of base64 is none.
bool reads_as_variable(std::string_view line) {
  const auto skip = [&](const auto& is_skipped) {
    while (!line.empty() && is_skipped(line.front())) line.remove_prefix(1);
  };
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  skip(is_blank);
  if (line.starts_with("export")) line.remove_prefix(6);
  skip(is_blank);
  const std::size_t size = line.size();
  skip(is_name_part);
  if (line.size() == size) return false;
  skip(is_blank);
  return (line.starts_with('=') || line.starts_with(':')) && line != "=" && line != "==";
}

bool has_line_like_variable(std::string_view value) {
  for (std::size_t end = value.find('\n'); end != std::string_view::npos; end = value.find('\n')) {
    value.remove_prefix(end + 1);
    if (reads_as_variable(value.substr(0, value.find('\n')))) return true;
  }
  return false;
}

Result<void> can_hold(std::string_view value) {
  if (is_utf8(value) && is_safe_text(value) && (fits_single_quotes(value) || fits_double_quotes(value)) &&
      !has_line_like_variable(value))
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
  out.append(value);
  out.append("\"\n");
}

}  // namespace

const ExportSyntax kDotenvSyntax{"dotenv", false, "mcpcred export --format dotenv", can_hold, append};

}  // namespace mcpcred
