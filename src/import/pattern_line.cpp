#include "import/pattern_line.h"

#include <optional>

namespace mcpcred::dotenv {
namespace {

// Behind the closing quote. A quote with a backslash before it closes only where no later one can; and what follows
// must be a comment or nothing.
std::optional<std::size_t> behind_quoted(std::string_view text, std::size_t open) {
  std::optional<std::size_t> best;
  for (std::size_t at = text.find(text[open], open + 1); at != std::string_view::npos;
       at = text.find(text[open], at + 1)) {
    if (rest_is_comment(text, at + 1)) best = at + 1;
    if (at == open + 1 || text[at - 1] != '\\') break;
  }
  return best;
}

// Behind "=" or ": ". Both may stand on a later line than the name, and so may what follows.
std::optional<std::size_t> behind_separator(std::string_view text, std::size_t from) {
  const std::size_t at = skip_spaces(text, from);
  if (at < text.size() && text[at] == '=') return at + 1;
  if (from + 1 < text.size() && text[from] == ':' && is_space(text[from + 1])) return from + 2;
  return std::nullopt;
}

PatternLine find_from(std::string_view text, std::size_t begin, const PatternRules& rules) {
  PatternLine line;
  std::size_t at = begin;
  while (at < text.size() && (is_word(text[at]) || rules.in_names.find(text[at]) != std::string_view::npos)) ++at;
  if (at == begin) return line;
  line.name = text.substr(begin, at - begin);
  const auto value = behind_separator(text, at);
  if (!value) {
    line.found = rules.lone_names && rest_is_comment(text, at);
    line.end = line_end(text, at);
    return line;
  }
  line.found = true;
  const std::size_t open = skip_spaces(text, *value);
  if (open < text.size() && rules.quotes.find(text[open]) != std::string_view::npos) {
    if (const auto behind = behind_quoted(text, open)) {
      line.has_value = true;
      line.value = text.substr(*value, *behind - *value);
      line.end = line_end(text, *behind);
      return line;
    }
  }
  std::size_t stop = *value;
  while (stop < text.size() && text[stop] != '#' && text[stop] != '\n') ++stop;
  line.has_value = stop > *value;
  line.value = text.substr(*value, stop - *value);
  line.end = line_end(text, stop);
  return line;
}

}  // namespace

PatternLine find_pattern(std::string_view text, std::size_t begin, const PatternRules& rules) {
  constexpr std::string_view kWord = "export";
  if (text.substr(begin).starts_with(kWord)) {
    const std::size_t behind = skip_spaces(text, begin + kWord.size());
    if (behind > begin + kWord.size()) {
      PatternLine line = find_from(text, behind, rules);
      line.exported = true;
      if (line.found) return line;
    }
  }
  return find_from(text, begin, rules);
}

}  // namespace mcpcred::dotenv
