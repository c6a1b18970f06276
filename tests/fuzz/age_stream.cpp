// A payload that nobody encrypted never opens, and one that was, opens as it was, cut or changed or not at all.
#include "vault/age_stream.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mcpcred;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const Secret key = Secret::copy_of("fuzz-fuzz-fuzz-k");
  if (age::decrypt_payload(key, input)) std::abort();
  if (size < 3) return 0;

  // Two bytes say how much text there is, one what is done to the encrypted form.
  const std::size_t length = (static_cast<std::size_t>(data[0]) << 8 | data[1]) * 3;
  const std::string text(length, static_cast<char>(data[2]));
  std::string payload = age::encrypt_payload(key, text);
  const auto whole = age::decrypt_payload(key, payload);
  if (!whole || whole->view() != text) std::abort();
  if (data[2] & 1) {
    payload.resize(payload.size() - 1 - data[2] % (payload.size() - 1));
  } else {
    payload[(static_cast<std::size_t>(data[1]) << 8 | data[2]) % payload.size()] ^= 1;
  }
  if (age::decrypt_payload(key, payload)) std::abort();
  return 0;
}
