#include "vault/age_file.h"

#include <sodium.h>

#include "helpers.h"
#include "vault/age_armor.h"
#include "vault/age_header.h"
#include "vault/age_recipient.h"
#include "vault/age_stream.h"
#include "vault/bytes.h"
#include "vault/hkdf.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

Secret file_key() {
  return secret(std::string(16, 'k'));
}

constexpr std::size_t kSealed = age::kChunkBytes + 16;

bool opens(std::string_view payload) {
  auto text = age::decrypt_payload(file_key(), payload);
  if (!text) CHECK(text.error().code == ErrorCode::kCorrupt);
  return text.has_value();
}

/// One chunk as the specification makes it, independent of our writer.
std::string sealed_chunk(const std::string& nonce, unsigned char counter, bool last, const std::string& text) {
  const Secret key = hkdf_sha256(file_key().reveal(), nonce, "payload");
  const unsigned char chunk_nonce[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, counter, static_cast<unsigned char>(last)};
  std::string out(text.size() + 16, '\0');
  crypto_aead_chacha20poly1305_ietf_encrypt(as_bytes(out), nullptr, as_bytes(std::string_view(text)), text.size(),
                                            nullptr, 0, nullptr, chunk_nonce, as_bytes(key.reveal()));
  return out;
}

/// A file as age makes it, with stanzas of our choosing around the real one.
std::string file_with(const age::Identity& identity, const std::vector<age::Stanza>& before,
                      const std::vector<age::Stanza>& after) {
  std::vector<age::Stanza> stanzas = before;
  auto ours = age::wrap_x25519(file_key(), identity.recipient());
  REQUIRE(ours.has_value());
  stanzas.push_back(*ours);
  stanzas.insert(stanzas.end(), after.begin(), after.end());
  std::string file = age::format_header(stanzas);
  const Secret mac = age::header_mac(file_key(), file);
  return file + " " + base64_encode(mac.reveal(), Padding::kNone) + "\n" + age::encrypt_payload(file_key(), "content");
}

}  // namespace

TEST_CASE("age payload: every size around the chunk comes back") {
  for (std::size_t size : {std::size_t{0}, std::size_t{1}, age::kChunkBytes - 1, age::kChunkBytes, age::kChunkBytes + 1,
                           2 * age::kChunkBytes, 2 * age::kChunkBytes + 5}) {
    const std::string text = pattern(size);
    const auto back = age::decrypt_payload(file_key(), age::encrypt_payload(file_key(), text));
    REQUIRE(back.has_value());
    CHECK(back->view() == text);
  }
}

TEST_CASE("I10 chunks swapped, dropped, cut, a wrong last flag, an empty last chunk are refused") {
  const std::string good = age::encrypt_payload(file_key(), pattern(2 * age::kChunkBytes + 100));
  REQUIRE(opens(good));
  const std::string nonce = good.substr(0, 16);
  const std::string first = good.substr(16, kSealed);
  const std::string second = good.substr(16 + kSealed, kSealed);
  const std::string last = good.substr(16 + 2 * kSealed);
  REQUIRE(opens(nonce + first + second + last));
  CHECK_FALSE(opens(nonce + second + first + last));
  CHECK_FALSE(opens(nonce + second + last));
  CHECK_FALSE(opens(nonce + first + last));
  CHECK_FALSE(opens(nonce + first + second));  // the last one left is not marked as the last
  CHECK_FALSE(opens(nonce + last));
  CHECK_FALSE(opens(nonce + first + second + last + last));
  CHECK_FALSE(opens(nonce));
  CHECK_FALSE(opens(""));
  CHECK_FALSE(opens(good.substr(0, good.size() - 1)));
  CHECK_FALSE(opens(good + "x"));
  CHECK_FALSE(opens(good + std::string(16, '\0')));

  // A full chunk, then an empty last one, both with their right tags.
  CHECK(opens(nonce + sealed_chunk(nonce, 0, false, pattern(age::kChunkBytes)) + sealed_chunk(nonce, 1, true, "x")));
  CHECK_FALSE(
      opens(nonce + sealed_chunk(nonce, 0, false, pattern(age::kChunkBytes)) + sealed_chunk(nonce, 1, true, "")));
  CHECK(opens(nonce + sealed_chunk(nonce, 0, true, "")));
  CHECK_FALSE(opens(nonce + sealed_chunk(nonce, 0, false, "x")));
}

TEST_CASE("age file: an identity opens what is encrypted to it, another does not") {
  const auto mine = new_identity();
  const auto other = new_identity();
  const std::vector<age::Recipient> both = {other.recipient(), mine.recipient()};
  const auto file = age::encrypt("content", both);
  REQUIRE(file.has_value());
  CHECK(age::decrypt(*file, mine)->view() == "content");
  CHECK(age::decrypt(*file, other)->view() == "content");
  CHECK(code_of(age::decrypt(*file, new_identity())) == ErrorCode::kDenied);
  CHECK(code_of(age::decrypt_with_passphrase(*file, secret("content"))) == ErrorCode::kCorrupt);
  std::string changed = *file;
  changed[changed.find("---") + 6] ^= 1;
  CHECK(code_of(age::decrypt(changed, mine)) == ErrorCode::kCorrupt);
}

TEST_CASE("I8 stanzas that we do not know, before and after ours, are ignored") {
  const auto identity = new_identity();
  const age::Stanza unknown{{"example.com/enigma", "arg"}, std::string(100, 'x')};
  const age::Stanza grease{{"~-grease"}, ""};
  for (const auto& file : {file_with(identity, {unknown}, {}), file_with(identity, {}, {grease, unknown}),
                           file_with(identity, {grease}, {unknown})}) {
    const auto text = age::decrypt(file, identity);
    REQUIRE(text.has_value());
    CHECK(text->view() == "content");
  }
  const age::Stanza malformed{{"X25519", "AAAA"}, std::string(32, 'x')};
  CHECK(code_of(age::decrypt(file_with(identity, {}, {malformed}), identity)) == ErrorCode::kCorrupt);
}

TEST_CASE("age file: a passphrase opens what it encrypted, byte for byte") {
  for (std::string_view text : {std::string_view("plain"), std::string_view("\xff\xfe non-UTF-8"),
                                std::string_view("with\0nul", 8), std::string_view(" spaces ")}) {
    const Secret passphrase = secret(text);
    const auto file = age::encrypt_with_passphrase("content", passphrase, 3);
    REQUIRE(file.has_value());
    CHECK(file->find("\n-> scrypt ") != std::string::npos);
    CHECK(age::decrypt_with_passphrase(*file, passphrase)->view() == "content");
    CHECK(code_of(age::decrypt_with_passphrase(*file, secret("other"))) == ErrorCode::kDenied);
    CHECK(code_of(age::decrypt(*file, new_identity())) == ErrorCode::kDenied);
  }
  CHECK(code_of(age::encrypt_with_passphrase("content", secret("x"), 0)) == ErrorCode::kInvalidInput);
  CHECK(code_of(age::encrypt_with_passphrase("content", secret("x"), 21)) == ErrorCode::kInvalidInput);
}

TEST_CASE("age armor: strict") {
  const std::string begin = "-----BEGIN AGE ENCRYPTED FILE-----\n";
  const std::string end = "-----END AGE ENCRYPTED FILE-----\n";
  const std::string line(64, 'A');
  CHECK(age::dearmor(begin + line + "\n" + "QUJD\n" + end).has_value());
  CHECK(*age::dearmor(begin + "QUI=\n" + end) == "AB");
  CHECK(age::dearmor(begin + line + "\n" + end).has_value());
  CHECK(age::dearmor("\n \t" + begin + "QUJD\n" + end + "\n\n").has_value());
  for (const std::string& bad :
       {begin + "QUJD\n" + end + "x", "x" + begin + "QUJD\n" + end, begin + "QUI\n" + end, begin + "QUJ=\n" + end,
        begin + "QUJD\n" + line + "\n" + end, begin + "QUJD\r\n" + end, begin + "\nQUJD\n" + end, begin + end,
        begin + "QUJD" + end, begin + line + "A\n" + end, begin + "QU JD\n" + end,
        begin +
            "QU\xaf"
            "D\n" +
            end,
        begin + "QUJD\n", std::string("-----BEGIN AGE ENCRYPTED FILE-----")}) {
    CHECK_FALSE(age::dearmor(bad).has_value());
  }
}
