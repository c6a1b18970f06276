#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "mcpcred/secret.h"

// What the files of the five dialects share. A reader looks at one statement: it begins at the first character of a
// line that is neither blank nor a comment. Text comes with every CR LF made LF.
namespace mcpcred::dotenv {

/// Why a statement gives no value.
enum class Trouble : std::uint8_t {
  kNone,        ///< it gives one
  kNoPair,      ///< no NAME=value, or one that this parser passes over
  kOpenQuote,   ///< a quote that nothing closes
  kAfterQuote,  ///< something other than a comment behind the closing quote
  kExpansion,   ///< the parser would put something else in the place of a $…
  kCommand,     ///< the parser would run a command
};

struct Reading {
  Trouble trouble = Trouble::kNoPair;
  std::string_view name{};
  Secret value{};
  std::size_t end = 0;  ///< where this parser goes on: a line's end, but for Go's and Compose's behind a closing quote
};

struct Text {
  std::string_view text;
  std::vector<std::size_t> crlf{};  ///< where a LF was a CR LF, sorted
};

Reading read_node(const Text& text, std::size_t begin);
Reading read_python(const Text& text, std::size_t begin);
Reading read_ruby(const Text& text, std::size_t begin);
Reading read_go(const Text& text, std::size_t begin);
Reading read_compose(const Text& text, std::size_t begin);

inline bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
inline bool is_space(char c) {
  return is_blank(c) || c == '\n';
}
inline bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The position of the next line end, or of the text's end.
std::size_t line_end(std::string_view text, std::size_t from);
/// The first position from `from` on that holds no blank.
std::size_t skip_blanks(std::string_view text, std::size_t from);
/// The same across lines.
std::size_t skip_spaces(std::string_view text, std::size_t from);
/// True where the line holds nothing more from `from` on but a comment.
bool rest_is_comment(std::string_view text, std::size_t from);
/// Behind a leading word "export" and its blanks, or `from` itself.
std::size_t skip_export(std::string_view text, std::size_t from);
/// Without blanks and line ends around it.
std::string_view trimmed(std::string_view text);
inline void add(Secret& value, char c) {
  value.append({&c, 1});
}

/// The statement that failed for `trouble`, up to the end of the line that `at` is in.
Reading failed(std::string_view text, Trouble trouble, std::string_view name, std::size_t at);

}  // namespace mcpcred::dotenv
