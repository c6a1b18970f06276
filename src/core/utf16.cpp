#include "core/utf16.h"

#include <cstdint>

#include "core/encoding.h"

namespace mcpcred {
namespace {

constexpr std::uint32_t kSurrogates = 0xD800;
constexpr std::uint32_t kLowSurrogates = 0xDC00;
constexpr std::uint32_t kAfterSurrogates = 0xE000;
constexpr std::uint32_t kSupplementary = 0x10000;

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// Of well-formed UTF-8; moves `at` behind the character.
std::uint32_t next_character(std::string_view text, std::size_t& at) {
  const std::uint32_t first = byte_at(text, at++);
  if (first < 0x80) return first;
  const int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  std::uint32_t character = first & (0x3FU >> more);
  for (int i = 0; i < more; ++i) character = (character << 6U) | (byte_at(text, at++) & 0x3FU);
  return character;
}

void append_byte(Secret& out, std::uint32_t byte) {
  const char c = static_cast<char>(static_cast<unsigned char>(byte));
  out.append({&c, 1});
}

void append_unit(Secret& out, std::uint32_t unit) {
  append_byte(out, unit & 0xFFU);
  append_byte(out, unit >> 8U);
}

void append_utf8(Secret& out, std::uint32_t c) {
  if (c < 0x80) {
    append_byte(out, c);
    return;
  }
  const int more = c < 0x800 ? 1 : c < kSupplementary ? 2 : 3;
  constexpr std::uint32_t kFirst[] = {0, 0xC0, 0xE0, 0xF0};
  append_byte(out, kFirst[more] | (c >> (6U * static_cast<unsigned>(more))));
  for (int i = more - 1; i >= 0; --i) append_byte(out, 0x80U | ((c >> (6U * static_cast<unsigned>(i))) & 0x3FU));
}

}  // namespace

std::optional<Secret> utf16_from_utf8(std::string_view text) {
  if (!is_utf8(text)) return std::nullopt;
  Secret out;
  out.reserve(2 * text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::uint32_t c = next_character(text, at);
    if (c < kSupplementary) {
      append_unit(out, c);
    } else {
      append_unit(out, kSurrogates + ((c - kSupplementary) >> 10U));
      append_unit(out, kLowSurrogates + ((c - kSupplementary) & 0x3FFU));
    }
  }
  return out;
}

std::optional<Secret> utf8_from_utf16(std::string_view bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  Secret out;
  out.reserve(bytes.size() / 2 * 3);
  const auto unit_at = [&](std::size_t at) { return byte_at(bytes, at) | (byte_at(bytes, at + 1) << 8U); };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t c = unit_at(at);
    if (c >= kSurrogates && c < kAfterSurrogates) {
      if (c >= kLowSurrogates || at + 3 >= bytes.size()) return std::nullopt;
      const std::uint32_t low = unit_at(at += 2);
      if (low < kLowSurrogates || low >= kAfterSurrogates) return std::nullopt;
      c = kSupplementary + ((c - kSurrogates) << 10U) + (low - kLowSurrogates);
    }
    append_utf8(out, c);
  }
  return out;
}

}  // namespace mcpcred
