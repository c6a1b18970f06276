#include "core/encoding.h"

#include <set>
#include <string>

#include "catch.h"

using mcpcred::base64_decode;
using mcpcred::base64_encode;
using mcpcred::hex_encode;
using mcpcred::Padding;

TEST_CASE("base64: a byte outside ASCII is never a digit") {
  for (int byte = 0x80; byte < 0x100; ++byte) {
    const std::string text{'A', 'A', static_cast<char>(byte), 'A'};
    CHECK_FALSE(base64_decode(text, Padding::kNone));
    CHECK_FALSE(base64_decode(text, Padding::kRequired));
  }
}

TEST_CASE("base64 as in RFC 4648, with and without padding") {
  CHECK(base64_encode("", Padding::kRequired).empty());
  CHECK(base64_encode("f", Padding::kRequired) == "Zg==");
  CHECK(base64_encode("fo", Padding::kRequired) == "Zm8=");
  CHECK(base64_encode("foobar", Padding::kRequired) == "Zm9vYmFy");
  CHECK(base64_encode("f", Padding::kNone) == "Zg");
  CHECK(base64_encode("\xfb\xff", Padding::kNone) == "+/8");
}

TEST_CASE("base64 is never wrapped") {
  CHECK(base64_encode(std::string(1000, 'x'), Padding::kRequired).find('\n') == std::string::npos);
}

TEST_CASE("base64 comes back as it was, for every length") {
  std::string bytes;
  for (int i = 0; i < 70; ++i) {
    for (const Padding padding : {Padding::kNone, Padding::kRequired}) {
      const auto back = base64_decode(base64_encode(bytes, padding), padding);
      REQUIRE(back);
      CHECK(back->reveal() == bytes);
    }
    bytes += static_cast<char>(i * 37);
  }
}

TEST_CASE("only canonical base64 is read") {
  for (const std::string bad : {"Zg=", "Zg", "Zh==", "Z", "Zm9=", "Zm9v YmFy", "Zm9v\n", "Zm9-", "Zg==Zg=="}) {
    CAPTURE(bad);
    CHECK_FALSE(base64_decode(bad, Padding::kRequired));
  }
  for (const std::string bad : {"Zg==", "Zh", "Z", " Zg", "Zg\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(base64_decode(bad, Padding::kNone));
  }
}

TEST_CASE("hashes agree with published vectors") {
  CHECK(hex_encode(mcpcred::sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex_encode(mcpcred::sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  // RFC 4231, cases 2 and 6 (a key longer than the block).
  CHECK(hex_encode(mcpcred::hmac_sha256("Jefe", "what do ya want for nothing?").reveal()) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex_encode(
            mcpcred::hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")
                .reveal()) == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("comparison in constant time compares") {
  CHECK(mcpcred::equal_constant_time("same", "same"));
  CHECK(mcpcred::equal_constant_time("", ""));
  CHECK_FALSE(mcpcred::equal_constant_time("same", "sane"));
  CHECK_FALSE(mcpcred::equal_constant_time("same", "sameX"));
}

TEST_CASE("random bytes do not repeat") {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    std::string bytes(16, '\0');
    mcpcred::random_fill(bytes.data(), bytes.size());
    CHECK(seen.insert(bytes).second);
  }
}
