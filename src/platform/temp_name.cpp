#include "platform/temp_name.h"

#include <charconv>

#include "core/encoding.h"

namespace mcpcred {
namespace {

constexpr std::string_view kMark = ".mcpcred.";
constexpr std::size_t kRandomBytes = 8;
constexpr std::size_t kMaxTargetBytes = 200;

bool is_lower_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Not in the middle of a character: Windows takes whole ones only.
std::string_view cut(std::string_view target) {
  if (target.size() <= kMaxTargetBytes) return target;
  std::size_t size = kMaxTargetBytes;
  while (size > 0 && (static_cast<unsigned char>(target[size]) & 0xC0U) == 0x80U) --size;
  return target.substr(0, size);
}

}  // namespace

std::string make_temp_name(std::string_view target, unsigned long pid) {
  char random[kRandomBytes];
  random_fill(random, sizeof random);
  return "." + std::string(cut(target)) + std::string(kMark) + std::to_string(pid) + "." +
         hex_encode({random, sizeof random});
}

std::optional<unsigned long> pid_in_temp_name(std::string_view name) {
  const std::size_t mark = name.rfind(kMark);
  if (!name.starts_with('.') || mark == std::string_view::npos || mark < 2) return std::nullopt;
  const std::string_view tail = name.substr(mark + kMark.size());
  const std::size_t dot = tail.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view random = tail.substr(dot + 1);
  if (random.size() != 2 * kRandomBytes || !is_lower_hex(random)) return std::nullopt;
  unsigned long owner = 0;
  const auto [end, error] = std::from_chars(tail.data(), tail.data() + dot, owner);
  if (error != std::errc() || end != tail.data() + dot || owner == 0) return std::nullopt;
  return owner;
}

}  // namespace mcpcred
