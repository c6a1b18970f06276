#include "vault/age_armor.h"

#include "core/encoding.h"
#include "vault/bytes.h"

namespace mcpcred::age {
namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::size_t kColumns = 64;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

}  // namespace

bool is_armored(std::string_view file) {
  return trim(file).starts_with(kBegin);
}

Result<std::string> dearmor(std::string_view file) {
  const auto bad = [] { return fail(ErrorCode::kCorrupt, "bad armor of an age file"); };
  std::string_view text = trim(file);
  if (!text.starts_with(kBegin) || !text.ends_with(kEnd)) return bad();
  text.remove_prefix(kBegin.size());
  if (text.size() < kEnd.size() + 2 || text.front() != '\n') return bad();
  text.remove_prefix(1);
  text.remove_suffix(kEnd.size());

  std::string joined;
  bool short_line_seen = false;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || end == 0 || end > kColumns || short_line_seen) return bad();
    short_line_seen = end < kColumns;
    joined += text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  const auto bytes = is_ascii(joined) ? base64_decode(joined, Padding::kRequired) : std::nullopt;
  if (!bytes) return bad();
  return std::string(bytes->reveal());
}

}  // namespace mcpcred::age
