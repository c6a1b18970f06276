#include "import/pattern_line.h"

// npm's dotenv 18. Quotes are ' " and `; a backslash means something only in \n and \r between double quotes; nothing
// is expanded (that is dotenv-expand, another package); # begins a comment wherever it stands outside quotes.
namespace mcpcred::dotenv {

Reading read_node(const Text& source, std::size_t begin) {
  const std::string_view text = source.text;
  const PatternLine line = find_pattern(text, begin, {"'\"`", ".-", false});
  if (!line.found) return failed(text, Trouble::kNoPair, line.name, begin);
  std::string_view raw = trimmed(line.value);
  const char quote = raw.empty() ? '\0' : raw.front();
  if (raw.size() >= 2 && (quote == '\'' || quote == '"' || quote == '`') && raw.back() == quote)
    raw = raw.substr(1, raw.size() - 2);
  Reading reading{Trouble::kNone, line.name, {}, line.end};
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char next = i + 1 < raw.size() ? raw[i + 1] : '\0';
    if (quote == '"' && raw[i] == '\\' && (next == 'n' || next == 'r')) {
      add(reading.value, next == 'n' ? '\n' : '\r');
      ++i;
    } else {
      add(reading.value, raw[i]);
    }
  }
  return reading;
}

}  // namespace mcpcred::dotenv
