#include "vault/identity.h"

#include <sodium.h>

#include <optional>

#include "core/encoding.h"
#include "vault/bech32.h"
#include "vault/bytes.h"

namespace mcpcred::age {
namespace {

constexpr std::size_t kKeyBytes = crypto_scalarmult_BYTES;
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-";
constexpr std::string_view kRecipientPrefix = "age";

}  // namespace

Result<Recipient> Recipient::parse(std::string_view text) {
  const auto parts = bech32_decode(text);
  if (!parts || parts->prefix != kRecipientPrefix || parts->data.size() != kKeyBytes) {
    return fail(ErrorCode::kInvalidInput, "not an age X25519 recipient (age1…)",
                "age-keygen -y IDENTITY-FILE prints one");
  }
  std::string key(parts->data.reveal());
  // Any scalar shows a low-order point: the product is zero, and libsodium says so.
  Secret scalar = Secret::of_size(kKeyBytes);
  scalar.writable()[0] = 8;
  Secret product = Secret::of_size(kKeyBytes);
  if (crypto_scalarmult(as_bytes(product), as_bytes(scalar), as_bytes(key)) != 0) {
    return fail(ErrorCode::kInvalidInput, "this age recipient is not a proper public key");
  }
  return Recipient(std::move(key));
}

std::string Recipient::str() const {
  return std::string(bech32_encode(kRecipientPrefix, key_).reveal());
}

Result<Identity> Identity::generate() {
  Secret key = Secret::of_size(kKeyBytes);
  random_fill(key.writable(), key.size());
  return from_key(std::move(key));
}

Result<Identity> Identity::from_key(Secret key) {
  if (sodium_init() < 0) return fail(ErrorCode::kInternal, "the cryptographic library does not start");
  std::string share(kKeyBytes, '\0');
  if (key.size() != kKeyBytes || crypto_scalarmult_base(as_bytes(share), as_bytes(key)) != 0) {
    return fail(ErrorCode::kCorrupt, "an age identity that is no proper key");
  }
  return Identity(std::move(key), Recipient::from_key(std::move(share)));
}

Result<Identity> Identity::parse(std::string_view text) {
  std::optional<Bech32> found;
  unsigned number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (found) return fail(ErrorCode::kCorrupt, "more than one identity (line " + std::to_string(number) + ")");
    found = bech32_decode(line);
    if (!found || found->prefix != kIdentityPrefix || found->data.size() != kKeyBytes) {
      return fail(ErrorCode::kCorrupt, "line " + std::to_string(number) + " is not an age X25519 identity");
    }
  }
  if (!found) return fail(ErrorCode::kCorrupt, "no age identity in it");
  return from_key(std::move(found->data));
}

Secret Identity::to_text(std::string_view vault_id) const {
  const Secret key_line = bech32_encode(kIdentityPrefix, key_.reveal());
  Secret text;
  text.reserve(256);
  text.append("# mcpcred vault identity\n# vault-id: ");
  text.append(vault_id);
  text.append("\n# public key: ");
  text.append(recipient_.str());
  text.append("\n");
  text.append(key_line.reveal());
  text.append("\n");
  return text;
}

}  // namespace mcpcred::age
