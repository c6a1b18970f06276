#include "import/pattern_line.h"

// The gem dotenv 3. Quotes are ' and "; outside single quotes a backslash is dropped and the character behind it kept
// (since 3.0 that goes for \n too, in a way that leaves the two characters), $NAME and ${NAME} are expanded, and $(…)
// is run.
namespace mcpcred::dotenv {
namespace {

// The gem doubles the backslash of \n and \r, and then drops every backslash that does not stand before a $.
Secret without_backslashes(std::string_view raw, bool keep_line_ends) {
  Secret doubled;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool kept =
        keep_line_ends && raw[i] == '\\' && i + 1 < raw.size() && (raw[i + 1] == 'n' || raw[i + 1] == 'r');
    if (kept) add(doubled, '\\');
    add(doubled, raw[i]);
  }
  const std::string_view text = doubled.reveal();
  Secret value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] != '$') ++i;
    add(value, text[i]);
  }
  return value;
}

// Takes the backslash from \$, or says what the gem would put in a $'s place.
Trouble take_dollars(Secret& value) {
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
    if (i + 1 < text.size() && text[i + 1] == '(') return Trouble::kCommand;
    std::size_t end = i + 1;
    if (end < text.size() && text[end] == '{') ++end;
    const std::size_t name = end;
    // Letters of other alphabets that fold into ours count for the gem; any such byte does here.
    while (end < text.size() && (is_word(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
    if (end > name && !escaped) return Trouble::kExpansion;
    if (end < text.size() && text[end] == '}') ++end;
    value.append(text.substr(i, end - i));
    i = end - 1;
  }
  return Trouble::kNone;
}

}  // namespace

Reading read_ruby(const Text& source, std::size_t begin) {
  const std::string_view text = source.text;
  const PatternLine line = find_pattern(text, begin, {"'\"", ".", true});
  if (!line.found || (line.exported && !line.has_value)) return failed(text, Trouble::kNoPair, line.name, begin);
  std::string_view raw = trimmed(line.value);
  char quote = '\0';
  if (raw.size() >= 2 && (raw.front() == '\'' || raw.front() == '"') && raw.back() == raw.front()) {
    quote = raw.front();
    raw = raw.substr(1, raw.size() - 2);
  }
  Reading reading{Trouble::kNone, line.name, {}, line.end};
  if (quote == '\'') {
    reading.value = Secret::copy_of(raw);
    return reading;
  }
  reading.value = without_backslashes(raw, quote == '"');
  reading.trouble = take_dollars(reading.value);
  return reading;
}

}  // namespace mcpcred::dotenv
