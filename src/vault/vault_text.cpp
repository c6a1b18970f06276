#include <sodium.h>

#include <array>
#include <chrono>
#include <cstring>

#include "core/encoding.h"
#include "vault/hkdf.h"
#include "vault/vault_records.h"

// The frame around the records, and everything that is written.
namespace mcpcred {
namespace {

constexpr std::string_view kValueOpen = R"(","value":")";
constexpr std::string_view kEndOpen = R"({"t":"end","pad":")";
constexpr std::string_view kEndMiddle = R"(","mac":")";
constexpr std::string_view kEndClose = "\"}\n";
constexpr std::size_t kMacChars = 43;
constexpr std::size_t kBlock = 4096;
constexpr std::size_t kEndBytes = kEndOpen.size() + kEndMiddle.size() + kMacChars + kEndClose.size();

Unexpected bad_end() {
  return fail(ErrorCode::kCorrupt, "bad last line of the vault's content");
}

std::string authenticate(std::string_view text, const Secret& auth_key) {
  return base64_encode(hmac_sha256(auth_key.reveal(), text).reveal(), Padding::kNone);
}

void append_base64(Secret& out, std::string_view bytes) {
  // Not through std::string, which would leave a copy: the text goes straight into a buffer that is wiped.
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  Secret text = Secret::of_size(sodium_base64_encoded_len(bytes.size(), kVariant));
  sodium_bin2base64(text.writable(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    kVariant);
  text.truncate(text.size() - 1);
  out.append(text.reveal());
}

std::string_view kind_name(const EntryKey& key) {
  if (!key.is_hidden()) return "secret";
  return key == EntryKey::keys() ? "keys" : "hidden";
}

std::string header_line(const VaultHeader& header, std::size_t count) {
  return R"({"mcpcred":"vault","v":1,"min_reader":1,"vault_id":")" + header.vault_id + R"(","gen":)" +
         std::to_string(header.generation) + R"(,"prev":")" + header.previous + R"(","ts":")" +
         format_timestamp(header.written) + R"(","n":)" + std::to_string(count) + header.others + "}\n";
}

}  // namespace

Result<VaultText> split_vault_text(std::string_view text) {
  if (text.size() < kBlock || text.size() % kBlock != 0 || !text.ends_with(kEndClose)) return bad_end();
  const std::size_t end_start = text.rfind('\n', text.size() - 2);
  if (end_start == std::string_view::npos) return bad_end();
  std::string_view end = text.substr(end_start + 1);
  if (end.size() < kEndBytes || !end.starts_with(kEndOpen)) return bad_end();
  VaultText parts;
  parts.mac = end.substr(end.size() - kEndClose.size() - kMacChars, kMacChars);
  parts.authenticated = text.substr(0, text.size() - kEndClose.size() - kMacChars);
  const std::string_view pad = end.substr(kEndOpen.size(), end.size() - kEndBytes);
  if (!parts.authenticated.ends_with(kEndMiddle) || pad.find_first_not_of('0') != std::string_view::npos) {
    return bad_end();
  }
  const std::string_view lines = text.substr(0, end_start + 1);
  const std::size_t first_end = lines.find('\n');
  parts.header_line = lines.substr(0, first_end + 1);
  parts.records = lines.substr(first_end + 1);
  return parts;
}

Secret vault_auth_key(const age::Identity& identity, std::string_view vault_id) {
  return hkdf_sha256(identity.key().reveal(), "mcpcred/v1/" + std::string(vault_id), "vault-auth");
}

Result<void> verify_vault_mac(const VaultText& text, const Secret& auth_key) {
  if (equal_constant_time(text.mac, authenticate(text.authenticated, auth_key))) return {};
  return fail(ErrorCode::kTampered, "the vault was not written by a holder of its identity",
              "to go back to the previous generation: mcpcred vault recover");
}

std::string new_record_id() {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  auto time = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  std::string id(26, '0');
  for (std::size_t i = 10; i-- > 0; time >>= 5) id[i] = kAlphabet[time & 31];
  std::array<unsigned char, 16> chance{};
  random_fill(chance.data(), chance.size());
  for (std::size_t i = 10; i < id.size(); ++i) id[i] = kAlphabet[chance[i - 10] & 31];
  return id;
}

Secret format_vault_entry(const EntryKey& key, std::string_view id, const Secret& value, std::string_view created,
                          std::string_view changed) {
  const std::string_view bytes = value.reveal();
  Secret line;
  line.reserve(bytes.size() * 2 + 512);
  const auto member = [&](std::string_view name, std::string_view text) {
    line.append(name);
    line.append(text);
  };
  member(R"({"t":")", kind_name(key));
  member(R"(","id":")", id);
  member(R"(","name":")", key.variable());
  member(R"(","account":")", key.account());
  const bool has_nul = bytes.find('\0') != std::string_view::npos;
  line.append(kValueOpen);
  if (has_nul || !append_json_escaped(line, bytes)) {
    line.truncate(line.size() - kValueOpen.size());
    line.append(R"(","b64":")");
    append_base64(line, bytes);
  }
  member(R"(","created":")", created);
  member(R"(","changed":")", changed);
  line.append("\"}\n");
  return line;
}

std::string format_vault_recipient(std::string_view recipient) {
  return R"({"t":"recipient","key":")" + std::string(recipient) + "\"}\n";
}

Result<LockedBuffer> format_vault_text(const VaultHeader& header, const std::vector<std::string_view>& lines,
                                       const Secret& auth_key) {
  const std::string first = header_line(header, lines.size());
  std::size_t size = first.size() + kEndBytes;
  for (std::string_view line : lines) size += line.size();
  const std::size_t pad = (kBlock - size % kBlock) % kBlock;

  MCPCRED_TRY(text, LockedBuffer::of_size(size + pad));
  char* at = text.writable();
  const auto put = [&at](std::string_view bytes) {
    std::memcpy(at, bytes.data(), bytes.size());
    at += bytes.size();
  };
  put(first);
  for (std::string_view line : lines) put(line);
  put(kEndOpen);
  std::memset(at, '0', pad);
  at += pad;
  put(kEndMiddle);
  const auto covered = static_cast<std::size_t>(at - text.writable());
  put(authenticate(text.view().substr(0, covered), auth_key));
  put(kEndClose);
  return std::move(text);
}

}  // namespace mcpcred
