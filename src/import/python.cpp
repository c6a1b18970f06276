#include "import/reading.h"

// PyPI's python-dotenv 1.2. Quotes are ' and ", each with its own escapes; ${NAME} is expanded everywhere, between
// single quotes too; # begins a comment behind a blank; NAME: value is no pair.
namespace mcpcred::dotenv {
namespace {

// What the escape stands for; '\0' where the backslash stays.
char unescaped(char quote, char escape) {
  if (escape == '\\' || escape == '\'') return escape;
  if (quote == '\'') return '\0';
  switch (escape) {
    case '"':
      return '"';
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return '\0';
  }
}

// Behind the closing quote, or npos. `value` takes what stands between.
std::size_t read_quoted(std::string_view text, std::size_t open, Secret& value) {
  const char quote = text[open];
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (text[i] == quote) return i + 1;
    if (text[i] != '\\') {
      add(value, text[i]);
      continue;
    }
    if (++i == text.size()) break;
    const char meant = unescaped(quote, text[i]);
    if (meant == '\0') add(value, '\\');
    add(value, meant == '\0' ? text[i] : meant);
  }
  return std::string_view::npos;
}

std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 1; i < line.size(); ++i)
    if (line[i] == '#' && is_blank(line[i - 1])) return trimmed(line.substr(0, i));
  return trimmed(line);
}

// ${NAME} or ${NAME:-default}
bool has_expansion(std::string_view value) {
  for (std::size_t at = value.find("${"); at != std::string_view::npos; at = value.find("${", at + 1)) {
    const std::size_t stop = value.find_first_of(":}", at + 2);
    if (stop == std::string_view::npos) return false;
    if (value[stop] == '}') return true;
    if (value.substr(stop).starts_with(":-") && value.find('}', stop) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

Reading read_python(const Text& source, std::size_t begin) {
  const std::string_view text = source.text;
  const std::size_t first = skip_export(text, begin);
  std::string_view name;
  std::size_t at = first;
  if (at < text.size() && text[at] == '\'') {
    // A name may stand between single quotes, and over several lines.
    const std::size_t close = text.find('\'', at + 1);
    if (close == std::string_view::npos || close == at + 1) return failed(text, Trouble::kNoPair, {}, begin);
    name = text.substr(at + 1, close - at - 1);
    at = close + 1;
  } else {
    while (at < text.size() && text[at] != '=' && text[at] != '#' && !is_space(text[at])) ++at;
    name = text.substr(first, at - first);
  }
  at = skip_blanks(text, at);
  if (name.empty() || at == text.size() || text[at] != '=') return failed(text, Trouble::kNoPair, name, at);
  const std::size_t behind = at + 1;
  at = skip_blanks(text, behind);
  Reading reading{Trouble::kNone, name, {}, line_end(text, at)};
  if (at > behind && at < text.size() && text[at] == '#') return reading;
  if (at < text.size() && (text[at] == '\'' || text[at] == '"')) {
    const std::size_t closed = read_quoted(text, at, reading.value);
    if (closed == std::string_view::npos) return failed(text, Trouble::kOpenQuote, name, at);
    if (!rest_is_comment(text, closed)) return failed(text, Trouble::kAfterQuote, name, closed);
    reading.end = line_end(text, closed);
  } else {
    reading.value.append(without_comment(text.substr(at, reading.end - at)));
  }
  if (has_expansion(reading.value.reveal())) reading.trouble = Trouble::kExpansion;
  return reading;
}

}  // namespace mcpcred::dotenv
