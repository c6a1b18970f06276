#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

// Tokens for tests, made at run time so that no literal in the repository looks like a credential. The checksums are
// computed bit by bit here, independent of the code under test.
namespace token_maker {

inline constexpr std::string_view kAlnum = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
inline constexpr std::string_view kHex = "0123456789abcdef";
inline constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `length` characters of `alphabet`; the same `seed` gives the same text.
inline std::string text(std::size_t length, std::uint32_t seed = 1, std::string_view alphabet = kAlnum) {
  std::string made;
  std::uint32_t state = seed * 2654435761U + 12345U;
  for (std::size_t i = 0; i < length; ++i) {
    state = state * 1664525U + 1013904223U;
    made += alphabet[(state >> 16U) % alphabet.size()];
  }
  return made;
}

/// `token` with the character at `at` replaced by another one of its class (digit, small or capital letter).
inline std::string changed(std::string token, std::size_t at) {
  char& c = token.at(at);
  if (c >= '0' && c <= '9')
    c = c == '2' ? '3' : '2';
  else if (c >= 'a' && c <= 'z')
    c = c == 'e' ? 'f' : 'e';
  else
    c = c == 'E' ? 'F' : 'E';
  return token;
}

inline std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t value = 0xFFFFFFFFU;
  for (const char c : bytes) {
    value ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? (value >> 1U) ^ 0xEDB88320U : value >> 1U;
  }
  return ~value;
}

inline std::string in_base(std::uint64_t value, std::size_t width, std::string_view alphabet) {
  std::string digits(width, alphabet[0]);
  for (std::size_t i = width; i-- > 0; value /= alphabet.size()) digits[i] = alphabet[value % alphabet.size()];
  return digits;
}

inline std::string base64(std::string_view bytes, bool url, bool padded) {
  const std::string alphabet =
      std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") + (url ? "-_" : "+/");
  std::string made;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8U) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      if (i + k <= bytes.size())
        made += alphabet[(group >> (18U - 6U * k)) & 63U];
      else if (padded)
        made += '=';
  }
  return made;
}

/// ghp_, gho_, ghu_, ghs_, npm_: `payload` has 30 characters.
inline std::string github(std::string_view prefix, std::string_view payload) {
  return std::string(prefix) + std::string(payload) + in_base(crc32(payload), 6, kAlnum);
}
inline std::string github(std::string_view prefix = "ghp_") {
  return github(prefix, text(30, 7));
}

inline std::string github_fine_grained() {
  return "github_" + ("pat_" + text(22, 3)) + "_" + text(59, 4);
}

/// 52 characters, from 28 bytes; a user's token.
inline std::string azure_legacy(std::string_view bytes28) {
  const std::uint32_t embedded = crc32(bytes28) ^ 0xE0B9692DU;
  std::string bytes;
  for (std::size_t i = 0, at = 0; i < 32; ++i) {
    const unsigned shift = i == 22 ? 0 : i == 8 ? 8 : i == 7 ? 16 : 24;
    if (i == 2 || i == 7 || i == 8 || i == 22)
      bytes += static_cast<char>((embedded >> shift) & 0xFFU);
    else
      bytes += bytes28[at++];
  }
  std::string token;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : bytes + '\0') {
    bits = ((bits << 8U) | static_cast<unsigned char>(c)) & 0xFFFFU;
    for (held += 8; held >= 5 && token.size() < 52; held -= 5) {
      const char digit = kBase32[(bits >> (held - 5)) & 31U];
      token += digit >= 'A' ? static_cast<char>(digit - 'A' + 'a') : digit;
    }
  }
  return token;
}
inline std::string azure_legacy() {
  return azure_legacy(text(28, 9));
}

/// 84 characters; 'A' is 2024, 'B' 2025, …; 'A' is January.
inline std::string azure_new(char year, char month) {
  return text(52, 5) + "JQQ" + "J99" + std::string(1, year) + month + text(12, 6) + "AAAS" + "AZ" + "DO" + text(4, 8);
}

inline std::string gitlab_routable() {
  const std::string payload = base64(text(16, 2) + "o:1\nu:9ij" + '\x09', true, false);
  const std::string head = std::string("gl") + "pat-" + payload + ".01." +
                           in_base(payload.size(), 2, "0123456789abcdefghijklmnopqrstuvwxyz");
  return head + in_base(crc32(head), 7, "0123456789abcdefghijklmnopqrstuvwxyz");
}

inline std::string grafana(std::string_view payload32) {
  const std::string head = std::string("gl") + "sa_" + std::string(payload32);
  const std::uint32_t value = crc32(head);
  std::array<char, 9> hex{};
  std::snprintf(hex.data(), hex.size(), "%02x%02x%02x%02x", value & 0xFFU, (value >> 8U) & 0xFFU,
                (value >> 16U) & 0xFFU, value >> 24U);
  return head + "_" + hex.data();
}
inline std::string grafana() {
  return grafana(text(32, 11));
}

inline std::string atlassian(std::string_view payload) {
  const std::string head = std::string("ATA") + "TT3xFfGF0" + std::string(payload) + "=";
  std::array<char, 9> hex{};
  std::snprintf(hex.data(), hex.size(), "%08X", crc32(head));
  return head + hex.data();
}
inline std::string atlassian() {
  return atlassian(text(150, 12));
}

inline std::string sentry_organization() {
  return std::string("sn") + "trys_" +
         base64(R"({"iat":1700000000.5,"url":"https://sentry.io","region_url":"https://us.sentry.io","org":"acme"})",
                false, true) +
         "_" + text(43, 13);
}

/// An unsigned token with the claims given as JSON.
inline std::string jwt(std::string_view claims) {
  return base64(R"({"alg":"none","typ":"JWT"})", true, false) + "." + base64(claims, true, false) + "." + text(43, 14);
}

}  // namespace token_maker
