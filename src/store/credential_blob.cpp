#include "store/credential_blob.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/encoding.h"
#include "core/utf16.h"

namespace mcpcred {
namespace {

constexpr std::string_view kMark = "mcpcred";
constexpr std::string_view kText = "text";
constexpr std::string_view kBase64 = "base64";
constexpr std::string_view kItems = "items";
constexpr std::string_view kFrom = "from";
constexpr std::string_view kId = "id";
constexpr unsigned kMostItems = 100'000;  // far more than any value needs
constexpr std::size_t kIdDigits = 16;

// Canonical: no sign, no zero in front.
std::optional<unsigned> parse_number(std::string_view text, unsigned least) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.starts_with('0')) return std::nullopt;
  if (number < least || number > kMostItems) return std::nullopt;
  return number;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, space));
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  return words;
}

bool is_id(std::string_view text) {
  return text.size() == kIdDigits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A single colon, which stands before the account.
std::size_t find_single_colon(std::string_view target) {
  for (std::size_t at = target.find(':'); at != std::string_view::npos; at = target.find(':', at + 2))
    if (!target.substr(at + 1).starts_with(':')) return at;
  return std::string_view::npos;
}

bool has_zero_at(std::string_view bytes, std::size_t first) {
  for (std::size_t at = first; at < bytes.size(); at += 2)
    if (bytes[at] == '\0') return true;
  return false;
}

bool has_zero_unit(std::string_view bytes) {
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2)
    if (bytes[at] == '\0' && bytes[at + 1] == '\0') return true;
  return false;
}

std::optional<BlobLabel> read_label(const std::vector<std::string_view>& words) {
  if ((words.size() != 2 && words.size() != 8) || words[0] != kMark) return std::nullopt;
  BlobLabel label;
  if (words[1] != kText && words[1] != kBase64) return std::nullopt;
  label.encoding = words[1] == kText ? BlobEncoding::kText : BlobEncoding::kBase64;
  if (words.size() == 2) return label;
  const auto items = parse_number(words[3], 2);
  const auto first = parse_number(words[5], 2);
  if (words[2] != kItems || words[4] != kFrom || words[6] != kId || !items || !first || !is_id(words[7]))
    return std::nullopt;
  label.items = *items;
  label.first_part = *first;
  label.id = words[7];
  return label;
}

}  // namespace

std::string target_of(const EntryKey& key) {
  std::string target;
  for (const char c : key.variable()) target += c == ':' ? std::string("::") : std::string(1, c);
  if (key.account() != "default") target += ":" + key.account();
  return target;
}

std::optional<EntryKey> key_of_target(std::string_view target) {
  const std::size_t colon = find_single_colon(target);
  const std::string_view account = colon == std::string_view::npos ? "default" : target.substr(colon + 1);
  // The default account is never spelled out: that would be a second name for one key.
  if (colon != std::string_view::npos && account == "default") return std::nullopt;
  std::string variable;
  const std::string_view name = target.substr(0, colon);
  for (std::size_t at = 0; at < name.size(); ++at) {
    variable += name[at];
    if (name[at] == ':') ++at;
  }
  auto key = EntryKey::from_stored(variable, account);
  if (!key) return std::nullopt;
  return std::move(*key);
}

std::string part_target(std::string_view target, unsigned number) {
  return std::string(target) + "#" + std::to_string(number);
}

std::optional<unsigned> part_number(std::string_view name, std::string_view target) {
  if (!name.starts_with(target) || !name.substr(target.size()).starts_with('#')) return std::nullopt;
  return parse_number(name.substr(target.size() + 1), 2);
}

std::string format_label(const BlobLabel& label) {
  std::string text(kMark);
  text.append(" ").append(label.encoding == BlobEncoding::kText ? kText : kBase64);
  if (label.items == 1) return text;
  text.append(" ").append(kItems).append(" ").append(std::to_string(label.items));
  text.append(" ").append(kFrom).append(" ").append(std::to_string(label.first_part));
  return text.append(" ").append(kId).append(" ").append(label.id);
}

std::optional<BlobLabel> parse_label(std::string_view comment) {
  auto label = read_label(words_of(comment));
  // One spelling only.
  if (!label || format_label(*label) != comment) return std::nullopt;
  return label;
}

std::string part_label(std::string_view id, unsigned number) {
  return std::string(kMark) + " part " + std::to_string(number) + " " + std::string(kId) + " " + std::string(id);
}

EncodedValue encode_value(std::string_view value) {
  if (value.find('\0') == std::string_view::npos)
    if (auto text = utf16_from_utf8(value)) return {BlobEncoding::kText, std::move(*text)};
  std::string base64 = base64_encode(value, Padding::kRequired);
  EncodedValue encoded{BlobEncoding::kBase64, std::move(*utf16_from_utf8(base64))};
  wipe(base64.data(), base64.size());
  return encoded;
}

Result<Secret> decode_value(BlobEncoding encoding, std::string_view bytes) {
  auto text = utf8_from_utf16(bytes);
  if (text && encoding == BlobEncoding::kText) return std::move(*text);
  auto value = text ? base64_decode(text->reveal(), Padding::kRequired) : std::nullopt;
  if (!value) return fail(ErrorCode::kCorrupt, "the item's content is not what its comment says");
  return std::move(*value);
}

Secret decode_foreign(std::string_view bytes) {
  const bool even = bytes.size() % 2 == 0;
  const bool ends_with_unit = even && bytes.size() >= 2 && bytes.ends_with('\0') && bytes[bytes.size() - 2] == '\0';
  const std::string_view wide = ends_with_unit ? bytes.substr(0, bytes.size() - 2) : bytes;
  auto as_utf16 = has_zero_unit(wide) ? std::nullopt : utf8_from_utf16(wide);
  // A zero that is the last byte alone would end a C text as well.
  if (as_utf16 && wide.size() > 2 && has_zero_at(wide.substr(0, wide.size() - 2), 1)) return std::move(*as_utf16);
  const std::string_view narrow = bytes.ends_with('\0') ? bytes.substr(0, bytes.size() - 1) : bytes;
  if (narrow.find('\0') == std::string_view::npos && is_utf8(narrow)) return Secret::copy_of(narrow);
  if (as_utf16) return std::move(*as_utf16);
  return Secret::copy_of(bytes);
}

}  // namespace mcpcred
