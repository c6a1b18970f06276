#include "vault/bech32.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace mcpcred {
namespace {

constexpr std::string_view kAlphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
constexpr std::size_t kChecksumChars = 6;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
unsigned byte_of(char c) {
  return static_cast<unsigned char>(c);
}

/// The checksum's state machine: one 5-bit value after the other.
class Checksum {
 public:
  explicit Checksum(std::string_view prefix) {
    for (char c : prefix) add(byte_of(lower(c)) >> 5);
    add(0);
    for (char c : prefix) add(byte_of(lower(c)) & 31);
  }
  void add(unsigned value) {
    constexpr std::array<std::uint32_t, 5> kGenerator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    const std::uint32_t top = state_ >> 25;
    state_ = ((state_ & 0x1ffffff) << 5) ^ value;
    for (std::size_t i = 0; i < kGenerator.size(); ++i) {
      if ((top >> i) & 1) state_ ^= kGenerator[i];
    }
  }
  std::uint32_t value() const { return state_; }

 private:
  std::uint32_t state_ = 1;
};

/// What `text` consists of, or nullopt: characters out of range, or both cases.
std::optional<bool> is_upper_case(std::string_view text) {
  bool any_lower = false;
  bool any_upper = false;
  for (char c : text) {
    if (byte_of(c) < 33 || byte_of(c) > 126) return std::nullopt;
    any_lower = any_lower || (c >= 'a' && c <= 'z');
    any_upper = any_upper || (c >= 'A' && c <= 'Z');
  }
  if (any_lower && any_upper) return std::nullopt;
  return any_upper;
}

}  // namespace

Secret bech32_encode(std::string_view prefix, std::string_view data) {
  const bool in_upper_case = is_upper_case(prefix).value_or(false);
  Secret text;
  text.reserve(prefix.size() + 1 + (data.size() * 8 + 4) / 5 + kChecksumChars);
  text.append(prefix);
  text.append("1");
  Checksum checksum(prefix);
  const auto put = [&](unsigned value) {
    const char c = in_upper_case ? upper(kAlphabet[value]) : kAlphabet[value];
    text.append({&c, 1});
  };
  unsigned bits = 0;
  unsigned count = 0;
  for (char c : data) {
    bits = ((bits << 8) | byte_of(c)) & 0xfff;
    for (count += 8; count >= 5;) {
      count -= 5;
      checksum.add((bits >> count) & 31);
      put((bits >> count) & 31);
    }
  }
  if (count > 0) {
    checksum.add((bits << (5 - count)) & 31);
    put((bits << (5 - count)) & 31);
  }
  for (std::size_t i = 0; i < kChecksumChars; ++i) checksum.add(0);
  const std::uint32_t sum = checksum.value() ^ 1;
  for (unsigned i = 0; i < kChecksumChars; ++i) put((sum >> (5 * (5 - i))) & 31);
  return text;
}

std::optional<Bech32> bech32_decode(std::string_view text) {
  if (!is_upper_case(text)) return std::nullopt;
  const std::size_t separator = text.rfind('1');
  if (separator == std::string_view::npos || separator == 0) return std::nullopt;
  const std::string_view prefix = text.substr(0, separator);
  const std::string_view rest = text.substr(separator + 1);
  if (rest.size() < kChecksumChars) return std::nullopt;

  Checksum checksum(prefix);
  Secret data = Secret::of_size((rest.size() - kChecksumChars) * 5 / 8);
  std::size_t written = 0;
  unsigned bits = 0;
  unsigned count = 0;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const std::size_t value = kAlphabet.find(lower(rest[i]));
    if (value == std::string_view::npos) return std::nullopt;
    checksum.add(static_cast<unsigned>(value));
    if (i + kChecksumChars >= rest.size()) continue;
    bits = ((bits << 5) | static_cast<unsigned>(value)) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      data.writable()[written++] = static_cast<char>((bits >> count) & 0xff);
    }
  }
  const bool clean_end = count < 5 && (bits & ((1U << count) - 1)) == 0;
  if (checksum.value() != 1 || !clean_end) return std::nullopt;
  return Bech32{std::string(prefix), std::move(data)};
}

}  // namespace mcpcred
