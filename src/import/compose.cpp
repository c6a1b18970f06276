#include <algorithm>

#include "import/reading.h"

// compose-go 2, Docker Compose's own. Quotes are ' and ", and a backslash takes a quote's meaning in both; double
// quotes know the shell's escapes and octal ones; outside single quotes $NAME and ${NAME} are expanded and $$ is a $;
// " #" begins a comment; line ends are kept as they are, so a CR LF inside quotes stays one.
namespace mcpcred::dotenv {
namespace {

// Behind the closing quote, or npos. `raw` takes what stands between, without the backslashes of quotes.
std::size_t read_between(const Text& source, std::size_t open, Secret& raw) {
  const std::string_view text = source.text;
  bool escape = false;
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (text[i] == text[open] && !escape) return i + 1;
    if (text[i] == '\\' && !escape) {
      escape = true;
      continue;
    }
    if (escape && text[i] != text[open]) add(raw, '\\');
    escape = false;
    if (text[i] == '\n' && std::binary_search(source.crlf.begin(), source.crlf.end(), i)) add(raw, '\r');
    add(raw, text[i]);
  }
  return std::string_view::npos;
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// "\0" and three octal digits of one byte's worth; that one becomes a character.
bool add_octal(Secret& out, std::string_view digits) {
  if (digits.size() < 3 || !std::all_of(digits.begin(), digits.begin() + 3, is_octal)) return false;
  const unsigned code = static_cast<unsigned>((digits[0] - '0') * 64 + (digits[1] - '0') * 8 + (digits[2] - '0'));
  if (code > 0xFF) return false;
  if (code >= 0x80) {
    add(out, static_cast<char>(0xC0U | (code >> 6U)));
    add(out, static_cast<char>(0x80U | (code & 0x3FU)));
  } else {
    add(out, static_cast<char>(code));
  }
  return true;
}

Secret expand_shell_escapes(std::string_view raw) {
  constexpr std::string_view kLetters = "abfnrtv\"\\";
  constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\"\\";
  Secret out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 == raw.size()) {
      add(out, raw[i]);
      continue;
    }
    const char letter = raw[++i];
    if (const std::size_t at = kLetters.find(letter); at != std::string_view::npos) {
      add(out, kMeanings[at]);
    } else if (letter == '$') {
      out.append("$$");
    } else if (letter == '0') {
      // One that is no byte loses its 0.
      if (add_octal(out, raw.substr(i + 1, 3)))
        i += 3;
      else
        add(out, '\\');
    } else {
      add(out, '\\');
      add(out, letter);
    }
  }
  return out;
}

Trouble substitute(Secret& value) {
  const Secret before = std::move(value);
  const std::string_view text = before.reveal();
  value = Secret();
  for (std::size_t i = 0; i < text.size(); ++i) {
    add(value, text[i]);
    if (text[i] != '$' || i + 1 == text.size()) continue;
    const char next = text[i + 1];
    if (next == '$')
      ++i;
    else if (next == '{' || (is_word(next) && (next < '0' || next > '9')) || static_cast<unsigned char>(next) >= 0x80)
      return Trouble::kExpansion;
  }
  return Trouble::kNone;
}

bool in_name(char c) {
  return is_word(c) || c == '.' || c == '-' || c == '[' || c == ']';
}

}  // namespace

Reading read_compose(const Text& source, std::size_t begin) {
  const std::string_view text = source.text;
  const std::size_t first = skip_export(text, begin);
  std::size_t at = first;
  while (at < text.size() && (in_name(text[at]) || is_blank(text[at]))) ++at;
  const std::string_view name = trimmed(text.substr(first, at - first));
  if (at == text.size() || (text[at] != '=' && text[at] != ':')) return failed(text, Trouble::kNoPair, name, begin);
  at = skip_blanks(text, at + 1);
  Reading reading{Trouble::kNone, name, {}, line_end(text, at)};
  const char quote = at < text.size() ? text[at] : '\0';
  if (quote != '\'' && quote != '"') {
    const std::string_view line = text.substr(at, reading.end - at);
    reading.value.append(trimmed(line.substr(0, line.find(" #"))));
    reading.trouble = substitute(reading.value);
    return reading;
  }
  const std::size_t closed = read_between(source, at, reading.value);
  if (closed == std::string_view::npos) return failed(text, Trouble::kOpenQuote, name, text.size());
  if (!rest_is_comment(text, closed)) return {Trouble::kAfterQuote, name, {}, closed};
  reading.end = line_end(text, closed);
  if (quote == '\'') return reading;
  reading.value = expand_shell_escapes(reading.value.reveal());
  reading.trouble = substitute(reading.value);
  return reading;
}

}  // namespace mcpcred::dotenv
