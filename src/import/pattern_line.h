#pragma once

#include "import/reading.h"

namespace mcpcred::dotenv {

/// Node's and Ruby's parsers look for a line with one regular expression, nearly the same one; this finds what it
/// would, without its backtracking.
struct PatternRules {
  std::string_view quotes;    ///< characters that open a quoted value
  std::string_view in_names;  ///< what names may hold besides letters, digits and _
  bool lone_names = false;    ///< a name may stand alone on its line
};

struct PatternLine {
  bool found = false;
  bool exported = false;
  std::string_view name{};
  bool has_value = false;
  std::string_view value{};  ///< as it stands there: blanks and quotes around it included
  std::size_t end = 0;
};

PatternLine find_pattern(std::string_view text, std::size_t begin, const PatternRules& rules);

}  // namespace mcpcred::dotenv
