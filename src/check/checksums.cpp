#include "check/checksums.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace mcpcred {
namespace {

constexpr std::string_view kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kBase36 = "0123456789abcdefghijklmnopqrstuvwxyz";

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? (value >> 1U) ^ 0xEDB88320U : value >> 1U;
    table[i] = value;
  }
  return table;
}
constexpr auto kCrcTable = crc_table();

ChecksumVerdict verdict(bool fits) {
  return fits ? ChecksumVerdict::kFits : ChecksumVerdict::kDiffers;
}

// Whether `digits` is `value` in the base of `alphabet`, zeros in front.
bool is_number(std::string_view digits, std::uint64_t value, std::string_view alphabet) {
  for (std::size_t i = digits.size(); i-- > 0; value /= alphabet.size())
    if (digits[i] != alphabet[value % alphabet.size()]) return false;
  return value == 0;
}

// RFC 4648 base32 without padding, either case, as far as whole bytes go; nullopt for other characters.
std::optional<std::array<std::uint8_t, 32>> base32_bytes(std::string_view text, std::size_t count) {
  std::array<std::uint8_t, 32> bytes{};
  std::uint64_t bits = 0;
  unsigned held = 0;
  std::size_t at = 0;
  for (const char c : text) {
    std::uint64_t digit = 0;
    if (c >= 'A' && c <= 'Z')
      digit = static_cast<std::uint64_t>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      digit = static_cast<std::uint64_t>(c - 'a');
    else if (c >= '2' && c <= '7')
      digit = static_cast<std::uint64_t>(c - '2') + 26;
    else
      return std::nullopt;
    bits = (bits << 5U) | digit;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes[at++] = static_cast<std::uint8_t>((bits >> held) & 0xFFU);
    if (at == count) return bytes;
  }
  return std::nullopt;
}

std::string hex_upper(std::uint32_t value) {
  std::array<char, 9> text{};
  std::snprintf(text.data(), text.size(), "%08X", value);
  return text.data();
}

}  // namespace

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char c : bytes) value = (value >> 8U) ^ kCrcTable[(value ^ static_cast<unsigned char>(c)) & 0xFFU];
  return value ^ 0xFFFFFFFFU;
}

ChecksumVerdict github_crc32_base62(std::string_view token) {
  if (token.size() != 40) return ChecksumVerdict::kNone;
  return verdict(is_number(token.substr(34), crc32(token.substr(4, 30)), kBase62));
}

ChecksumVerdict ado_pat_legacy(std::string_view token) {
  constexpr std::uint32_t kUser = 0xE0B9692DU;
  constexpr std::uint32_t kApplication = 0x1019F92EU;
  if (token.size() != 52) return ChecksumVerdict::kNone;
  const auto bytes = base32_bytes(token, 32);
  if (!bytes) return ChecksumVerdict::kDiffers;
  std::array<char, 28> hashed{};
  std::size_t at = 0;
  for (std::size_t i = 0; i < 32; ++i)
    if (i != 2 && i != 7 && i != 8 && i != 22) hashed[at++] = static_cast<char>((*bytes)[i]);
  const std::uint32_t embedded =
      static_cast<std::uint32_t>((*bytes)[22]) | (static_cast<std::uint32_t>((*bytes)[8]) << 8U) |
      (static_cast<std::uint32_t>((*bytes)[7]) << 16U) | (static_cast<std::uint32_t>((*bytes)[2]) << 24U);
  const std::uint32_t rest = crc32({hashed.data(), hashed.size()}) ^ embedded;
  return verdict(rest == kUser || rest == kApplication);
}

ChecksumVerdict gitlab_routable(std::string_view token) {
  constexpr std::size_t kPrefix = 6;  // "glpat-"
  constexpr std::size_t kTail = 10;   // ".", length, CRC
  if (token.size() < kPrefix + kTail || token[token.size() - kTail] != '.') return ChecksumVerdict::kNone;
  std::string_view payload = token.substr(kPrefix, token.size() - kPrefix - kTail);
  payload = payload.substr(0, payload.find('.'));
  return verdict(is_number(token.substr(token.size() - 9, 2), payload.size(), kBase36) &&
                 is_number(token.substr(token.size() - 7), crc32(token.substr(0, token.size() - 7)), kBase36));
}

ChecksumVerdict grafana_glsa(std::string_view token) {
  if (token.size() != 46) return ChecksumVerdict::kNone;
  const std::uint32_t value = crc32(token.substr(0, 37));
  const std::uint32_t swapped =
      (value >> 24U) | ((value >> 8U) & 0xFF00U) | ((value << 8U) & 0xFF0000U) | (value << 24U);
  std::uint32_t given = 0;
  const auto [end, code] = std::from_chars(token.data() + 38, token.data() + 46, given, 16);
  return verdict(code == std::errc() && end == token.data() + 46 && given == swapped);
}

ChecksumVerdict atlassian_crc(std::string_view token) {
  if (token.size() < 9) return ChecksumVerdict::kNone;
  const std::size_t body = token.size() - 8;
  return verdict(token.substr(body) == hex_upper(crc32(token.substr(0, body))));
}

std::optional<Date> ado_pat_month(std::string_view token) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  if (token.size() != 84 || token.substr(52, 6) != "JQQJ99") return std::nullopt;
  const std::size_t year = kLetters.find(token[58]);
  if (year == std::string_view::npos || token[59] < 'A' || token[59] > 'L') return std::nullopt;
  const std::chrono::year_month_day first{std::chrono::year(2024 + static_cast<int>(year)),
                                          std::chrono::month(static_cast<unsigned>(token[59] - 'A') + 1),
                                          std::chrono::day(1)};
  return Date(first);
}

std::optional<std::string> aws_account_of(std::string_view access_key_id) {
  if (access_key_id.size() != 20 || access_key_id[4] == 'I' || access_key_id[4] == 'J') return std::nullopt;
  const auto bytes = base32_bytes(access_key_id.substr(4), 6);
  if (!bytes) return std::nullopt;
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 6; ++i) number = (number << 8U) | (*bytes)[i];
  std::string account = std::to_string((number & 0x7fffffffff80U) >> 7U);
  if (account.size() < 12) account.insert(0, 12 - account.size(), '0');
  return account;
}

}  // namespace mcpcred
