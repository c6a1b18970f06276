// The text at the start of an age file: whatever is accepted has one spelling.
#include "vault/age_header.h"

#include <cstdint>
#include <cstdlib>

#include "core/encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto header = mcpcred::age::parse_header(input);
  if (!header) return 0;
  std::string again = mcpcred::age::format_header(header->stanzas);
  if (again.size() != header->mac_covers) std::abort();
  again += " " + mcpcred::base64_encode(header->mac, mcpcred::Padding::kNone) + "\n";
  if (again != input.substr(0, header->size)) std::abort();
  return 0;
}
