#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/paths.h"
#include "platform/terminal.h"

namespace mcpcred::cli {

/// How text has to look where it is shown.
struct Style {
  bool colour = false;
  bool unicode = true;
  unsigned width = 0;  ///< columns to fit into; 0: as many as come
};

/// `color` is the option of that name: "auto" is colour on a terminal that obeys it, unless NO_COLOR is set.
Style style_for(const TerminalTraits& screen, std::string_view color, const EnvironmentLookup& environment);

enum class Tone : std::uint8_t { kPlain, kGood, kAttention, kBad, kFaint, kStrong };

/// The text between the sequences of its tone; as it is where there is no colour.
std::string painted(const Style& style, Tone tone, std::string_view text);

/// The text in the letters that the terminal shows: our own signs as ASCII, what else it cannot show as '?'.
std::string in_letters(const Style& style, std::string_view text);

/// Columns that a text takes: code points, near enough for what we print.
std::size_t columns(std::string_view text);

}  // namespace mcpcred::cli
