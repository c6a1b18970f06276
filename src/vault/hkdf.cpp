#include "vault/hkdf.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "vault/bytes.h"

namespace mcpcred {
namespace {

constexpr std::size_t kHashBytes = crypto_auth_hmacsha256_BYTES;
using Hash = std::array<unsigned char, kHashBytes>;

}  // namespace

Secret hkdf_sha256(std::string_view key_material, std::string_view salt, std::string_view info, std::size_t length) {
  crypto_auth_hmacsha256_state state;
  Hash pseudo_random_key;
  // An empty HMAC key is the same as RFC 5869's string of zeros.
  crypto_auth_hmacsha256_init(&state, as_bytes(salt), salt.size());
  crypto_auth_hmacsha256_update(&state, as_bytes(key_material), key_material.size());
  crypto_auth_hmacsha256_final(&state, pseudo_random_key.data());

  Secret output = Secret::of_size(length);
  Hash block;
  unsigned char counter = 1;
  for (std::size_t done = 0; done < length; done += kHashBytes, ++counter) {
    crypto_auth_hmacsha256_init(&state, pseudo_random_key.data(), pseudo_random_key.size());
    if (counter > 1) crypto_auth_hmacsha256_update(&state, block.data(), block.size());
    crypto_auth_hmacsha256_update(&state, as_bytes(info), info.size());
    crypto_auth_hmacsha256_update(&state, &counter, 1);
    crypto_auth_hmacsha256_final(&state, block.data());
    std::memcpy(output.writable() + done, block.data(), std::min(kHashBytes, length - done));
  }
  wipe(&state, sizeof state);
  wipe(pseudo_random_key.data(), pseudo_random_key.size());
  wipe(block.data(), block.size());
  return output;
}

}  // namespace mcpcred
