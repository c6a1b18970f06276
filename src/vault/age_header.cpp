#include "vault/age_header.h"

#include <algorithm>
#include <optional>

#include "core/encoding.h"
#include "vault/bytes.h"
#include "vault/hkdf.h"

namespace mcpcred::age {
namespace {

constexpr std::string_view kVersionLine = "age-encryption.org/v1";
constexpr std::string_view kStanzaMark = "-> ";
constexpr std::string_view kEndMark = "---";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kMacBytes = 32;

Unexpected bad_header(std::string_view reason) {
  return fail(ErrorCode::kCorrupt, "bad age header: " + std::string(reason));
}

/// Hands out the lines of a text one by one, without their LF.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  /// nullopt where no complete line is left.
  std::optional<std::string_view> next() {
    const std::size_t end = text_.find('\n', position_);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = text_.substr(position_, end - position_);
    position_ = end + 1;
    return line;
  }
  std::size_t position() const { return position_; }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

std::optional<std::string> decode(std::string_view text) {
  const auto bytes = is_ascii(text) ? base64_decode(text, Padding::kNone) : std::nullopt;
  if (!bytes) return std::nullopt;
  return std::string(bytes->reveal());
}

/// The arguments after "-> ": visible characters, one space between them.
std::optional<std::vector<std::string>> split_args(std::string_view text) {
  std::vector<std::string> args;
  for (;;) {
    const std::size_t space = text.find(' ');
    const std::string_view arg = text.substr(0, space);
    const bool visible = std::all_of(arg.begin(), arg.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (arg.empty() || !visible) return std::nullopt;
    args.emplace_back(arg);
    if (space == std::string_view::npos) return args;
    text.remove_prefix(space + 1);
  }
}

Result<Stanza> read_stanza(std::string_view arg_line, Lines& lines) {
  auto args = split_args(arg_line.substr(kStanzaMark.size()));
  if (!args) return bad_header("a stanza's first line");
  std::string text;
  for (;;) {
    const auto line = lines.next();
    if (!line) return bad_header("it ends within a stanza");
    if (line->size() > kColumns) return bad_header("a line of more than 64 columns");
    text += *line;
    if (line->size() < kColumns) break;
  }
  auto body = decode(text);
  if (!body) return bad_header("a stanza's body is no canonical base64");
  return Stanza{std::move(*args), std::move(*body)};
}

}  // namespace

Result<Header> parse_header(std::string_view file) {
  Lines lines(file.substr(0, kMaxHeaderBytes));
  if (lines.next() != kVersionLine) return fail(ErrorCode::kCorrupt, "not an age v1 file");
  Header header;
  for (;;) {
    const std::size_t start = lines.position();
    const auto line = lines.next();
    if (!line) return bad_header("it has no end");
    if (line->starts_with(kStanzaMark)) {
      MCPCRED_TRY(stanza, read_stanza(*line, lines));
      header.stanzas.push_back(std::move(stanza));
      continue;
    }
    if (!line->starts_with("--- ")) return bad_header("a line that is neither a stanza nor the end");
    auto mac = decode(line->substr(kEndMark.size() + 1));
    if (!mac || mac->size() != kMacBytes) return bad_header("its authentication code");
    if (header.stanzas.empty()) return bad_header("it has no stanza");
    header.mac = std::move(*mac);
    header.mac_covers = start + kEndMark.size();
    header.size = lines.position();
    return header;
  }
}

std::string format_header(const std::vector<Stanza>& stanzas) {
  std::string text(kVersionLine);
  text += '\n';
  for (const Stanza& stanza : stanzas) {
    text += "->";
    for (const std::string& arg : stanza.args) text += ' ' + arg;
    text += '\n';
    const std::string body = base64_encode(stanza.body, Padding::kNone);
    // A body that fills its last line is followed by an empty one, so the end is always a short line.
    for (std::size_t at = 0; at <= body.size(); at += kColumns) text += body.substr(at, kColumns) + '\n';
  }
  text += kEndMark;
  return text;
}

Secret header_mac(const Secret& file_key, std::string_view covered) {
  const Secret key = hkdf_sha256(file_key.reveal(), "", "header");
  return hmac_sha256(key.reveal(), covered);
}

}  // namespace mcpcred::age
