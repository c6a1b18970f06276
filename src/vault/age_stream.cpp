#include "vault/age_stream.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "core/encoding.h"
#include "vault/bytes.h"
#include "vault/hkdf.h"

namespace mcpcred::age {
namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kTagBytes = crypto_aead_chacha20poly1305_ietf_ABYTES;
constexpr std::size_t kSealedChunkBytes = kChunkBytes + kTagBytes;

/// 11 bytes of big-endian counter, then 1 for the last chunk and 0 for those before.
std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> chunk_nonce(std::uint64_t counter, bool last) {
  std::array<unsigned char, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> nonce{};
  for (std::size_t i = 0; i < 8; ++i) nonce[10 - i] = static_cast<unsigned char>(counter >> (8 * i));
  nonce[11] = last ? 1 : 0;
  return nonce;
}

Unexpected damaged() {
  return fail(ErrorCode::kCorrupt, "its encrypted content is damaged");
}

}  // namespace

std::string encrypt_payload(const Secret& file_key, std::string_view plaintext) {
  const std::size_t chunks = std::max<std::size_t>(1, (plaintext.size() + kChunkBytes - 1) / kChunkBytes);
  std::string payload(kNonceBytes + plaintext.size() + chunks * kTagBytes, '\0');
  random_fill(payload.data(), kNonceBytes);
  const Secret key = hkdf_sha256(file_key.reveal(), std::string_view(payload).substr(0, kNonceBytes), "payload");
  for (std::size_t i = 0; i < chunks; ++i) {
    const std::string_view chunk = plaintext.substr(i * kChunkBytes, kChunkBytes);
    const auto nonce = chunk_nonce(i, i + 1 == chunks);
    crypto_aead_chacha20poly1305_ietf_encrypt(as_bytes(payload) + kNonceBytes + i * kSealedChunkBytes, nullptr,
                                              as_bytes(chunk), chunk.size(), nullptr, 0, nullptr, nonce.data(),
                                              as_bytes(key.reveal()));
  }
  return payload;
}

Result<LockedBuffer> decrypt_payload(const Secret& file_key, std::string_view payload) {
  if (payload.size() < kNonceBytes + kTagBytes) return damaged();
  const Secret key = hkdf_sha256(file_key.reveal(), payload.substr(0, kNonceBytes), "payload");
  payload.remove_prefix(kNonceBytes);
  const std::size_t chunks = (payload.size() + kSealedChunkBytes - 1) / kSealedChunkBytes;
  const std::size_t last_size = payload.size() - (chunks - 1) * kSealedChunkBytes;
  // An empty last chunk is only for an empty file: anything else would have two spellings.
  if (last_size < kTagBytes || (last_size == kTagBytes && chunks > 1)) return damaged();

  MCPCRED_TRY(plaintext, LockedBuffer::of_size(payload.size() - chunks * kTagBytes));
  std::array<unsigned char, 1> nowhere{};
  for (std::size_t i = 0; i < chunks; ++i) {
    const std::string_view chunk = payload.substr(i * kSealedChunkBytes, kSealedChunkBytes);
    const auto nonce = chunk_nonce(i, i + 1 == chunks);
    unsigned char* target = plaintext.size() == 0 ? nowhere.data() : as_bytes(plaintext.writable()) + i * kChunkBytes;
    if (crypto_aead_chacha20poly1305_ietf_decrypt(target, nullptr, nullptr, as_bytes(chunk), chunk.size(), nullptr, 0,
                                                  nonce.data(), as_bytes(key.reveal())) != 0) {
      return damaged();
    }
  }
  return std::move(plaintext);
}

}  // namespace mcpcred::age
