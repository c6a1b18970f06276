// Identity files, recipients, Bech32 and armor from strangers.
#include "vault/identity.h"

#include <cstdint>
#include <cstdlib>

#include "vault/age_armor.h"
#include "vault/bech32.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mcpcred;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto parts = bech32_decode(input)) {
    const auto again = bech32_decode(bech32_encode(parts->prefix, parts->data.reveal()).reveal());
    if (!again || !(again->data == parts->data)) std::abort();
  }
  if (const auto recipient = age::Recipient::parse(input)) {
    if (recipient->str() != input) std::abort();
  }
  if (const auto identity = age::Identity::parse(input)) {
    const auto again = age::Identity::parse(identity->to_text("0").reveal());
    if (!again || !(again->key() == identity->key())) std::abort();
  }
  const auto binary = age::dearmor(input);
  if (binary && binary->size() > size) std::abort();
  return 0;
}
