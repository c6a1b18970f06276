#include "vault/bech32.h"

#include "helpers.h"
#include "vault/identity.h"

using namespace mcpcred;

TEST_CASE("bech32: the valid strings of BIP 173 whose data are whole bytes") {
  const auto empty = bech32_decode("A12UEL5L");
  REQUIRE(empty.has_value());
  CHECK(empty->prefix == "A");
  CHECK(empty->data.empty());
  const auto counted = bech32_decode("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw");
  REQUIRE(counted.has_value());
  CHECK(counted->prefix == "abcdef");
  CHECK(hex_encode(counted->data.reveal()) == "00443214c74254b635cf84653a56d7c675be77df");
  const auto question_mark = bech32_decode("?1ezyfcl");
  REQUIRE(question_mark.has_value());
  CHECK(question_mark->data.empty());
}

TEST_CASE("bech32: the invalid strings of BIP 173") {
  for (std::string_view text :
       {"\x20"
        "1nwldj5",
        "\x7f"
        "1axkwrx",
        "\x80"
        "1eym55h",
        "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "de1lg7wt\xff", "A1G7SGD8", "10a06t8", "1qzzfhee"}) {
    CHECK_FALSE(bech32_decode(text).has_value());
  }
}

TEST_CASE("bech32: mixed case, a changed character, spare bits that are set") {
  const std::string good = "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw";
  std::string mixed = good;
  mixed[10] = 'Y';
  CHECK_FALSE(bech32_decode(mixed).has_value());
  for (std::size_t i = 7; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'q' ? 'p' : 'q';
    CHECK_FALSE(bech32_decode(changed).has_value());
  }
  // Data of BIP 173's addresses, version and all: 33 bytes and a spare bit, which is 0 in the first and 1 in the
  // second.
  CHECK(bech32_decode("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7").has_value());
  CHECK_FALSE(bech32_decode("tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3pjxtptv").has_value());
}

TEST_CASE("bech32: what was encoded is decoded, in either case") {
  for (std::size_t size : {0U, 1U, 2U, 3U, 4U, 5U, 31U, 32U, 33U, 200U}) {
    std::string data(size, '\0');
    random_fill(data.data(), data.size());
    for (std::string_view prefix : {"age", "AGE-SECRET-KEY-"}) {
      const auto back = bech32_decode(bech32_encode(prefix, data).reveal());
      REQUIRE(back.has_value());
      CHECK(back->prefix == prefix);
      CHECK(back->data.reveal() == data);
    }
  }
}

TEST_CASE("the example key of the age specification and its recipient") {
  const auto identity =
      age::Identity::parse("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX\n");
  REQUIRE(identity.has_value());
  CHECK(identity->key().reveal() == std::string(32, 0x42));
  CHECK(identity->recipient().str() == "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
}
