#include "cli/style.h"

#include <algorithm>
#include <array>

namespace mcpcred::cli {
namespace {

constexpr auto kSigns = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"·", "-"},
    {"…", "..."},
});

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// Colours that can be told apart on light and dark grounds, of the eight that every terminal has.
std::string_view sequence(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "\x1b[32m";
    case Tone::kAttention:
      return "\x1b[33m";
    case Tone::kBad:
      return "\x1b[1;31m";
    case Tone::kFaint:
      return "\x1b[2m";
    case Tone::kStrong:
      return "\x1b[1m";
    case Tone::kPlain:
      break;
  }
  return {};
}

}  // namespace

Style style_for(const TerminalTraits& screen, std::string_view color, const EnvironmentLookup& environment) {
  const bool wanted = environment("NO_COLOR").value_or("").empty();
  return {color == "always" || (color == "auto" && screen.escapes && wanted), screen.unicode, screen.width};
}

std::string painted(const Style& style, Tone tone, std::string_view text) {
  if (!style.colour || tone == Tone::kPlain || text.empty()) return std::string(text);
  return std::string(sequence(tone)) + std::string(text) + "\x1b[0m";
}

std::string in_letters(const Style& style, std::string_view text) {
  if (style.unicode) return std::string(text);
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      plain += text[i++];
      continue;
    }
    const auto sign = std::find_if(kSigns.begin(), kSigns.end(),
                                   [&](const auto& known) { return text.substr(i).starts_with(known.first); });
    plain += sign == kSigns.end() ? "?" : sign->second;
    ++i;
    while (i < text.size() && continues(text[i])) ++i;
  }
  return plain;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

}  // namespace mcpcred::cli
