#include "core/encoding.h"

#include <sodium.h>

#include <algorithm>

namespace mcpcred {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

int variant_of(Padding padding) {
  return padding == Padding::kNone ? sodium_base64_VARIANT_ORIGINAL_NO_PADDING : sodium_base64_VARIANT_ORIGINAL;
}

}  // namespace

std::string base64_encode(std::string_view bytes, Padding padding) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant_of(padding)), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), variant_of(padding));
  text.pop_back();  // the terminating NUL that libsodium counts
  return text;
}

std::optional<Secret> base64_decode(std::string_view text, Padding padding) {
  // libsodium 1.0.18 compares signed bytes and takes 0xAF for '/'.
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return std::nullopt;
  Secret bytes = Secret::of_size(text.size() / 4 * 3 + 3);
  std::size_t size = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.writable()), bytes.size(), text.data(), text.size(),
                        nullptr, &size, &end, variant_of(padding)) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.truncate(size);
  return bytes;
}

std::string hex_encode(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
  text.pop_back();
  return text;
}

std::string sha256(std::string_view bytes) {
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(digest.data()), bytes_of(bytes), bytes.size());
  return digest;
}

Secret hmac_sha256(std::string_view key, std::string_view message) {
  Secret tag = Secret::of_size(crypto_auth_hmacsha256_BYTES);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(tag.writable()));
  wipe(&state, sizeof state);
  return tag;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

void random_fill(void* data, std::size_t size) {
  randombytes_buf(data, size);
}

}  // namespace mcpcred
