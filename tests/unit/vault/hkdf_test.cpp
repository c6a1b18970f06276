#include "vault/hkdf.h"

#include "helpers.h"

using namespace mcpcred;

namespace {

std::string range(unsigned char first, unsigned char last) {
  std::string bytes;
  for (unsigned value = first; value <= last; ++value) bytes += static_cast<char>(value);
  return bytes;
}

}  // namespace

TEST_CASE("HKDF-SHA256: the test cases of RFC 5869") {
  CHECK(hex_encode(hkdf_sha256(std::string(22, 0x0b), range(0x00, 0x0c), range(0xf0, 0xf9), 42).reveal()) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  CHECK(hex_encode(hkdf_sha256(range(0x00, 0x4f), range(0x60, 0xaf), range(0xb0, 0xff), 82).reveal()) ==
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
        "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
  CHECK(hex_encode(hkdf_sha256(std::string(22, 0x0b), "", "", 42).reveal()) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("HKDF-SHA256: key, salt, info and length each matter") {
  const Secret base = hkdf_sha256("key", "salt", "info");
  CHECK(base.size() == 32);
  CHECK_FALSE(base == hkdf_sha256("kex", "salt", "info"));
  CHECK_FALSE(base == hkdf_sha256("key", "sal", "tinfo"));
  CHECK(hkdf_sha256("key", "salt", "info", 64).reveal().substr(0, 32) == base.reveal());
}
