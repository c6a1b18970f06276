#include "import/reading.h"

#include <algorithm>

namespace mcpcred::dotenv {

std::size_t line_end(std::string_view text, std::size_t from) {
  return std::min(text.find('\n', from), text.size());
}

std::size_t skip_blanks(std::string_view text, std::size_t from) {
  while (from < text.size() && is_blank(text[from])) ++from;
  return from;
}

std::size_t skip_spaces(std::string_view text, std::size_t from) {
  while (from < text.size() && is_space(text[from])) ++from;
  return from;
}

bool rest_is_comment(std::string_view text, std::size_t from) {
  from = skip_blanks(text, from);
  return from == text.size() || text[from] == '\n' || text[from] == '#';
}

std::size_t skip_export(std::string_view text, std::size_t from) {
  constexpr std::string_view kWord = "export";
  if (!text.substr(from).starts_with(kWord)) return from;
  const std::size_t behind = skip_blanks(text, from + kWord.size());
  return behind == from + kWord.size() ? from : behind;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

Reading failed(std::string_view text, Trouble trouble, std::string_view name, std::size_t at) {
  return {trouble, name, {}, line_end(text, std::min(at, text.size()))};
}

}  // namespace mcpcred::dotenv
