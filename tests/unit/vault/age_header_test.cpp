#include "vault/age_header.h"

#include "helpers.h"
#include "vault/age_recipient.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

const std::string kMac(43, 'A');
const std::string kBody(43, 'A');

std::string header_with(const std::string& stanzas) {
  return "age-encryption.org/v1\n" + stanzas + "--- " + kMac + "\n";
}
std::string x25519(const std::string& body = kBody) {
  return "-> X25519 " + kBody + "\n" + body + "\n";
}

bool parses(const std::string& text) {
  auto header = age::parse_header(text);
  if (!header) CHECK(header.error().code == ErrorCode::kCorrupt);
  return header.has_value();
}

/// What decrypting `stanzas` (with a right MAC, were it looked at) says.
ErrorCode opened_by_passphrase(const std::string& stanzas) {
  const auto header = age::parse_header(header_with(stanzas));
  REQUIRE(header.has_value());
  return code_of(age::unwrap_scrypt(*header, secret("passphrase")));
}
ErrorCode opened_by_identity(const std::string& stanzas) {
  const auto header = age::parse_header(header_with(stanzas));
  REQUIRE(header.has_value());
  return code_of(age::unwrap_x25519(*header, new_identity()));
}

}  // namespace

TEST_CASE("age header: a good one, and where its parts are") {
  const std::string text = header_with(x25519()) + "payload";
  const auto header = age::parse_header(text);
  REQUIRE(header.has_value());
  REQUIRE(header->stanzas.size() == 1);
  CHECK(header->stanzas[0].args == std::vector<std::string>{"X25519", kBody});
  CHECK(header->stanzas[0].body == std::string(32, '\0'));
  CHECK(text.substr(header->size) == "payload");
  CHECK(text.substr(0, header->mac_covers).ends_with("\n---"));
}

TEST_CASE("I4 age header: everything that has a second spelling is refused") {
  REQUIRE(parses(header_with(x25519())));
  CHECK_FALSE(parses(""));
  CHECK_FALSE(parses("age-encryption.org/v2\n" + x25519() + "--- " + kMac + "\n"));
  CHECK_FALSE(parses(header_with("")));                                           // no stanza
  CHECK_FALSE(parses(header_with("->  X25519 " + kBody + "\n" + kBody + "\n")));  // two spaces
  CHECK_FALSE(parses(header_with("-> X25519  " + kBody + "\n" + kBody + "\n")));
  CHECK_FALSE(parses(header_with("-> X25519 " + kBody + " \n" + kBody + "\n")));  // one at the end
  CHECK_FALSE(parses(header_with("-> X25519\t" + kBody + "\n" + kBody + "\n")));
  CHECK_FALSE(parses(header_with("-> X25519 " + kBody + "\r\n" + kBody + "\r\n")));  // CRLF
  CHECK_FALSE(parses(header_with("-> X25519 " + kBody + "\n" + kBody + "\r\n")));
  CHECK_FALSE(parses(header_with("-> \n" + kBody + "\n")));                 // no type
  CHECK_FALSE(parses(header_with("-> X25519 \xc3\xa4\n" + kBody + "\n")));  // not ASCII
  CHECK_FALSE(parses(header_with(x25519(kBody + "="))));                    // padding
  CHECK_FALSE(parses(header_with(x25519(std::string(42, 'A') + "B"))));     // spare bits set
  CHECK_FALSE(parses(header_with(x25519("A A"))));
  CHECK_FALSE(parses(header_with(x25519(std::string(65, 'A')))));                  // 65 columns
  CHECK_FALSE(parses(header_with(x25519(std::string(64, 'A')))));                  // no short last line
  CHECK_FALSE(parses(header_with(x25519(std::string(40, 'A') + "\n" + "AAAA"))));  // short line in the middle
  CHECK_FALSE(parses("age-encryption.org/v1\n" + x25519() + "---  " + kMac + "\n"));
  CHECK_FALSE(parses("age-encryption.org/v1\n" + x25519() + "--- " + kMac + "=\n"));
  CHECK_FALSE(parses("age-encryption.org/v1\n" + x25519() + "--- " + kMac + "\r\n"));
  CHECK_FALSE(parses("age-encryption.org/v1\n" + x25519() + "--- " + kMac));  // no end of line
  CHECK_FALSE(parses("age-encryption.org/v1\n" + x25519() + "--- AAAA\n"));   // a short code
  CHECK_FALSE(parses("age-encryption.org/v1\r\n" + x25519() + "--- " + kMac + "\n"));
  CHECK_FALSE(parses(" " + header_with(x25519())));
  // A byte that libsodium's decoder takes for '/'.
  REQUIRE(parses(header_with(x25519("////"))));
  CHECK_FALSE(parses(header_with(x25519("//\xaf/"))));
  REQUIRE(parses("age-encryption.org/v1\n" + x25519() + "--- /" + kMac.substr(1) + "\n"));
  CHECK_FALSE(parses("age-encryption.org/v1\n" + x25519() + "--- \xaf" + kMac.substr(1) + "\n"));
  // An upper-case or otherwise other type is a stanza that we do not know, and so never ours.
  CHECK(parses(header_with("-> x25519 " + kBody + "\n" + kBody + "\n")));
}

TEST_CASE("age header: a body that fills its last line is followed by an empty one") {
  CHECK(parses(header_with("-> other\n" + std::string(64, 'A') + "\n\n")));
  CHECK(parses(header_with("-> other\n\n")));
  const std::string text = age::format_header({{{"other", "arg"}, std::string(48, 'x')}});
  CHECK(text.ends_with("\n\n---"));
  const auto header = age::parse_header(text + " " + kMac + "\n");
  REQUIRE(header.has_value());
  CHECK(header->stanzas[0].body == std::string(48, 'x'));
}

TEST_CASE("age header: an endless one is refused at the limit") {
  std::string stanzas;
  while (stanzas.size() < age::kMaxHeaderBytes) stanzas += "-> other\n\n";
  CHECK_FALSE(parses(header_with(stanzas)));
}

TEST_CASE("I5 an X25519 share of low order is refused") {
  for (std::string_view hex_last : {"00", "01"}) {
    std::string point(32, '\0');
    point[0] = hex_last == "01" ? 1 : 0;
    CHECK(opened_by_identity("-> X25519 " + base64_encode(point, Padding::kNone) + "\n" + kBody + "\n") ==
          ErrorCode::kCorrupt);
  }
  std::string order_eight =
      "\xe0\xeb\x7a\x7c\x3b\x41\xb8\xae\x16\x56\xe3\xfa\xf1\x9f\xc4\x6a\xda\x09\x8d\xeb\x9c\x32\xb1\xfd\x86\x62\x05"
      "\x16\x5f\x49\xb8";
  order_eight += '\0';
  REQUIRE(order_eight.size() == 32);
  CHECK(opened_by_identity("-> X25519 " + base64_encode(order_eight, Padding::kNone) + "\n" + kBody + "\n") ==
        ErrorCode::kCorrupt);
}

TEST_CASE("I6 scrypt work factors that are none are refused, without the work") {
  const std::string salt(22, 'A');
  for (std::string_view factor :
       {"0", "01", "+10", "0x0a", "-1", "21", "23", "64", "100", "18446744073709551616", "1.0", "1e1", "010"}) {
    CHECK(opened_by_passphrase("-> scrypt " + salt + " " + std::string(factor) + "\n" + kBody + "\n") ==
          ErrorCode::kCorrupt);
  }
  CHECK(opened_by_passphrase("-> scrypt " + salt + "\n" + kBody + "\n") == ErrorCode::kCorrupt);
  CHECK(opened_by_passphrase("-> scrypt " + salt + " 10 10\n" + kBody + "\n") == ErrorCode::kCorrupt);
  CHECK(opened_by_passphrase("-> scrypt " + salt + "A 10\n" + kBody + "\n") == ErrorCode::kCorrupt);
}

TEST_CASE("I7 a passphrase stanza stands alone or is refused") {
  const std::string scrypt = "-> scrypt " + std::string(22, 'A') + " 2\n" + kBody + "\n";
  CHECK(opened_by_passphrase(scrypt + scrypt) == ErrorCode::kCorrupt);
  CHECK(opened_by_passphrase(scrypt + x25519()) == ErrorCode::kCorrupt);
  CHECK(opened_by_identity(x25519() + scrypt) == ErrorCode::kCorrupt);
  CHECK(opened_by_identity(scrypt + "-> other\n\n") == ErrorCode::kCorrupt);
}

TEST_CASE("I9 bodies of 31 and 33 bytes are refused") {
  for (std::size_t size : {0U, 31U, 33U}) {
    const std::string body = base64_encode(std::string(size, 'x'), Padding::kNone);
    CHECK(opened_by_identity(x25519(body)) == ErrorCode::kCorrupt);
    CHECK(opened_by_passphrase("-> scrypt " + std::string(22, 'A') + " 2\n" + body + "\n") == ErrorCode::kCorrupt);
  }
  CHECK(opened_by_identity("-> X25519 " + kBody + " more\n" + kBody + "\n") == ErrorCode::kCorrupt);
  CHECK(opened_by_identity("-> X25519 AAAA\n" + kBody + "\n") == ErrorCode::kCorrupt);
}
