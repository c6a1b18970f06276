#include "vault/age_file.h"

#include <sodium.h>

#include <utility>

#include "core/encoding.h"
#include "vault/age_armor.h"
#include "vault/age_header.h"
#include "vault/age_recipient.h"
#include "vault/age_stream.h"

namespace mcpcred::age {
namespace {

Secret new_file_key() {
  Secret key = Secret::of_size(kFileKeyBytes);
  random_fill(key.writable(), key.size());
  return key;
}

std::string assemble(const Secret& file_key, const std::vector<Stanza>& stanzas, std::string_view plaintext) {
  std::string file = format_header(stanzas);
  const Secret mac = header_mac(file_key, file);
  file += ' ' + base64_encode(mac.reveal(), Padding::kNone) + '\n';
  file += encrypt_payload(file_key, plaintext);
  return file;
}

/// Opens a file whose key `unwrap(header)` finds; `denied` is said where it finds none.
template <class Unwrap>
Result<LockedBuffer> open(std::string_view file, std::string_view denied, const Unwrap& unwrap) {
  if (sodium_init() < 0) return fail(ErrorCode::kInternal, "the cryptographic library does not start");
  std::string binary;
  if (is_armored(file)) {
    MCPCRED_TRY(decoded, dearmor(file));
    binary = std::move(decoded);
    file = binary;
  }
  MCPCRED_TRY(header, parse_header(file));
  MCPCRED_TRY(file_key, unwrap(header));
  if (!file_key) return fail(ErrorCode::kDenied, std::string(denied));
  const Secret mac = header_mac(*file_key, file.substr(0, header.mac_covers));
  if (!equal_constant_time(mac.reveal(), header.mac)) {
    return fail(ErrorCode::kCorrupt, "bad age header: its authentication code does not fit");
  }
  return decrypt_payload(*file_key, file.substr(header.size));
}

}  // namespace

Result<std::string> encrypt(std::string_view plaintext, std::span<const Recipient> recipients) {
  if (sodium_init() < 0) return fail(ErrorCode::kInternal, "the cryptographic library does not start");
  const Secret file_key = new_file_key();
  std::vector<Stanza> stanzas;
  for (const Recipient& recipient : recipients) {
    MCPCRED_TRY(stanza, wrap_x25519(file_key, recipient));
    stanzas.push_back(std::move(stanza));
  }
  if (stanzas.empty()) return fail(ErrorCode::kInternal, "no recipient to encrypt to");
  return assemble(file_key, stanzas, plaintext);
}

Result<std::string> encrypt_with_passphrase(std::string_view plaintext, const Secret& passphrase,
                                            unsigned work_factor) {
  if (sodium_init() < 0) return fail(ErrorCode::kInternal, "the cryptographic library does not start");
  const Secret file_key = new_file_key();
  MCPCRED_TRY(stanza, wrap_scrypt(file_key, passphrase, work_factor));
  std::vector<Stanza> stanzas;
  stanzas.push_back(std::move(stanza));
  return assemble(file_key, stanzas, plaintext);
}

Result<LockedBuffer> decrypt(std::string_view file, const Identity& identity) {
  return open(file, "the identity does not open the file",
              [&](const Header& header) { return unwrap_x25519(header, identity); });
}

Result<LockedBuffer> decrypt_with_passphrase(std::string_view file, const Secret& passphrase) {
  return open(file, "the passphrase does not open the file",
              [&](const Header& header) { return unwrap_scrypt(header, passphrase); });
}

}  // namespace mcpcred::age
