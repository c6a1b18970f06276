#include "import/reading.h"

// github.com/joho/godotenv 1.5. Quotes are ' and "; outside single quotes $NAME of capital letters is expanded from the
// file; between double quotes a backslash is dropped and the character behind it kept, but for \n and \r; the last
// " #" of a line begins the comment; NAME:value is a pair.
namespace mcpcred::dotenv {
namespace {

Secret expand_escapes(std::string_view raw) {
  Secret lines;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\' && i + 1 < raw.size() && raw[i + 1] != '\n') {
      ++i;
      if (raw[i] == 'n' || raw[i] == 'r') {
        add(lines, raw[i] == 'n' ? '\n' : '\r');
        continue;
      }
      add(lines, '\\');
    }
    add(lines, raw[i]);
  }
  const std::string_view text = lines.reveal();
  Secret value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] != '$') ++i;
    add(value, text[i]);
  }
  return value;
}

bool is_name_byte(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "$(" loses its $ there, which is an accident rather than a reading.
Trouble expand(Secret& value) {
  const Secret before = std::move(value);
  const std::string_view text = before.reveal();
  value = Secret();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '$';
    if (escaped) ++i;
    if (text[i] != '$') {
      add(value, text[i]);
      continue;
    }
    std::size_t end = i + 1;
    const bool command = end < text.size() && text[end] == '(';
    if (command) ++end;
    if (end < text.size() && text[end] == '{') ++end;
    const std::size_t name = end;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    if (!escaped && (command || end > name)) return Trouble::kExpansion;
    if (end < text.size() && text[end] == '}') ++end;
    value.append(text.substr(i, end - i));
    i = end - 1;
  }
  return Trouble::kNone;
}

std::string_view unquoted(std::string_view line) {
  for (std::size_t i = line.size(); i-- > 1;)
    if (line[i] == '#' && is_blank(line[i - 1])) return trimmed(line.substr(0, i));
  return trimmed(line);
}

}  // namespace

Reading read_go(const Text& source, std::size_t begin) {
  const std::string_view text = source.text;
  const std::size_t first = skip_export(text, begin);
  std::size_t at = first;
  while (at < text.size() && (is_word(text[at]) || text[at] == '.' || is_blank(text[at]))) ++at;
  const std::string_view name = trimmed(text.substr(first, at - first));
  if (at == text.size() || (text[at] != '=' && text[at] != ':')) return failed(text, Trouble::kNoPair, name, begin);
  at = skip_blanks(text, at + 1);
  Reading reading{Trouble::kNone, name, {}, line_end(text, at)};
  const char quote = at < text.size() ? text[at] : '\0';
  if (quote != '\'' && quote != '"') {
    reading.value.append(unquoted(text.substr(at, reading.end - at)));
    reading.trouble = expand(reading.value);
    return reading;
  }
  std::size_t close = at + 1;
  while (close < text.size() && (text[close] != quote || text[close - 1] == '\\')) ++close;
  if (close >= text.size()) return failed(text, Trouble::kOpenQuote, name, text.size());
  if (!rest_is_comment(text, close + 1)) return {Trouble::kAfterQuote, name, {}, close + 1};
  // It takes away as many quotes as there are, on both sides.
  std::string_view raw = text.substr(at, close - at);
  while (!raw.empty() && raw.back() == quote) raw.remove_suffix(1);
  while (!raw.empty() && raw.front() == quote) raw.remove_prefix(1);
  reading.end = line_end(text, close);
  if (quote == '\'') {
    reading.value.append(raw);
    return reading;
  }
  reading.value = expand_escapes(raw);
  reading.trouble = expand(reading.value);
  return reading;
}

}  // namespace mcpcred::dotenv
