#include "vault/age_recipient.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/encoding.h"
#include "vault/bytes.h"
#include "vault/hkdf.h"

namespace mcpcred::age {
namespace {

constexpr std::string_view kX25519 = "X25519";
constexpr std::string_view kScrypt = "scrypt";
constexpr std::string_view kX25519Info = "age-encryption.org/v1/X25519";
constexpr std::string_view kScryptLabel = "age-encryption.org/v1/scrypt";
constexpr std::size_t kPointBytes = crypto_scalarmult_BYTES;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kBodyBytes = kFileKeyBytes + crypto_aead_chacha20poly1305_ietf_ABYTES;
// Each wrapping key serves once, so the nonce may be fixed.
constexpr std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> kZeroNonce{};

std::string seal_file_key(const Secret& file_key, const Secret& wrap_key) {
  std::string body(kBodyBytes, '\0');
  crypto_aead_chacha20poly1305_ietf_encrypt(as_bytes(body), nullptr, as_bytes(file_key.reveal()), file_key.size(),
                                            nullptr, 0, nullptr, kZeroNonce.data(), as_bytes(wrap_key.reveal()));
  return body;
}

std::optional<Secret> open_file_key(std::string_view body, const Secret& wrap_key) {
  Secret file_key = Secret::of_size(kFileKeyBytes);
  if (crypto_aead_chacha20poly1305_ietf_decrypt(as_bytes(file_key), nullptr, nullptr, as_bytes(body), body.size(),
                                                nullptr, 0, kZeroNonce.data(), as_bytes(wrap_key.reveal())) != 0) {
    return std::nullopt;
  }
  return file_key;
}

Secret x25519_wrap_key(const Secret& shared, std::string_view share, const Recipient& recipient) {
  return hkdf_sha256(shared.reveal(), std::string(share) + recipient.key(), kX25519Info);
}

Result<void> check_scrypt_alone(const Header& header) {
  const bool any = std::any_of(header.stanzas.begin(), header.stanzas.end(),
                               [](const Stanza& stanza) { return stanza.args.front() == kScrypt; });
  if (any && header.stanzas.size() != 1) {
    return fail(ErrorCode::kCorrupt, "bad age header: a passphrase stanza does not stand alone");
  }
  return {};
}

/// The ephemeral share of an X25519 stanza.
Result<std::string> x25519_share(const Stanza& stanza) {
  const auto share = stanza.args.size() == 2 ? base64_decode(stanza.args[1], Padding::kNone) : std::nullopt;
  if (!share || share->size() != kPointBytes || stanza.body.size() != kBodyBytes) {
    return fail(ErrorCode::kCorrupt, "bad age header: a malformed X25519 stanza");
  }
  return std::string(share->reveal());
}

/// Decimal without sign or leading zero, 1 to kMaxWorkFactor; 0 for anything else.
unsigned parse_work_factor(std::string_view text) {
  if (text.empty() || text.size() > 2 || text.front() == '0') return 0;
  unsigned value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value <= kMaxWorkFactor ? value : 0;
}

Result<Secret> scrypt_wrap_key(const Secret& passphrase, std::string_view salt, unsigned work_factor) {
  const std::string full_salt = std::string(kScryptLabel) + std::string(salt);
  Secret key = Secret::of_size(crypto_aead_chacha20poly1305_ietf_KEYBYTES);
  if (crypto_pwhash_scryptsalsa208sha256_ll(as_bytes(passphrase.reveal()), passphrase.size(), as_bytes(full_salt),
                                            full_salt.size(), std::uint64_t{1} << work_factor, 8, 1, as_bytes(key),
                                            key.size()) != 0) {
    return fail(ErrorCode::kInternal, "not enough memory for the passphrase's key derivation");
  }
  return key;
}

}  // namespace

Result<Stanza> wrap_x25519(const Secret& file_key, const Recipient& recipient) {
  Secret ephemeral = Secret::of_size(kPointBytes);
  random_fill(ephemeral.writable(), ephemeral.size());
  std::string share(kPointBytes, '\0');
  Secret shared = Secret::of_size(kPointBytes);
  if (crypto_scalarmult_base(as_bytes(share), as_bytes(ephemeral)) != 0 ||
      crypto_scalarmult(as_bytes(shared), as_bytes(ephemeral), as_bytes(recipient.key())) != 0) {
    return fail(ErrorCode::kInvalidInput, "an age recipient is not a proper public key");
  }
  return Stanza{{std::string(kX25519), base64_encode(share, Padding::kNone)},
                seal_file_key(file_key, x25519_wrap_key(shared, share, recipient))};
}

Result<std::optional<Secret>> unwrap_x25519(const Header& header, const Identity& identity) {
  MCPCRED_CHECK(check_scrypt_alone(header));
  // All are looked at before one is used: a malformed one is refused wherever it stands.
  std::vector<std::pair<std::string, const Stanza*>> candidates;
  for (const Stanza& stanza : header.stanzas) {
    if (stanza.args.front() != kX25519) continue;
    MCPCRED_TRY(share, x25519_share(stanza));
    candidates.emplace_back(std::move(share), &stanza);
  }
  for (const auto& [share, stanza] : candidates) {
    Secret shared = Secret::of_size(kPointBytes);
    if (crypto_scalarmult(as_bytes(shared), as_bytes(identity.key().reveal()), as_bytes(share)) != 0) {
      return fail(ErrorCode::kCorrupt, "bad age header: an X25519 share of low order");
    }
    auto file_key = open_file_key(stanza->body, x25519_wrap_key(shared, share, identity.recipient()));
    if (file_key) return file_key;
  }
  return std::optional<Secret>();
}

Result<Stanza> wrap_scrypt(const Secret& file_key, const Secret& passphrase, unsigned work_factor) {
  if (work_factor < 1 || work_factor > kMaxWorkFactor) {
    return fail(ErrorCode::kInvalidInput, "a work factor out of 1 to " + std::to_string(kMaxWorkFactor));
  }
  std::string salt(kSaltBytes, '\0');
  random_fill(salt.data(), salt.size());
  MCPCRED_TRY(wrap_key, scrypt_wrap_key(passphrase, salt, work_factor));
  return Stanza{{std::string(kScrypt), base64_encode(salt, Padding::kNone), std::to_string(work_factor)},
                seal_file_key(file_key, wrap_key)};
}

Result<std::optional<Secret>> unwrap_scrypt(const Header& header, const Secret& passphrase) {
  MCPCRED_CHECK(check_scrypt_alone(header));
  const Stanza& stanza = header.stanzas.front();
  if (stanza.args.front() != kScrypt) return fail(ErrorCode::kCorrupt, "not encrypted with a passphrase");
  const auto salt = stanza.args.size() == 3 ? base64_decode(stanza.args[1], Padding::kNone) : std::nullopt;
  const unsigned work_factor = stanza.args.size() == 3 ? parse_work_factor(stanza.args[2]) : 0;
  if (!salt || salt->size() != kSaltBytes || work_factor == 0 || stanza.body.size() != kBodyBytes) {
    return fail(ErrorCode::kCorrupt, "bad age header: a malformed passphrase stanza");
  }
  MCPCRED_TRY(wrap_key, scrypt_wrap_key(passphrase, salt->reveal(), work_factor));
  return open_file_key(stanza.body, wrap_key);
}

}  // namespace mcpcred::age
