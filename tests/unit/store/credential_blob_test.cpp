#include "store/credential_blob.h"

#include <set>

#include "catch.h"

namespace mcpcred::test {
namespace {

using namespace std::string_literals;

EntryKey key(std::string_view variable, std::string_view account = "default") {
  return EntryKey(*VariableName::parse(variable), *AccountName::parse(account));
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::string wide(std::string_view ascii) {
  std::string text;
  for (const char c : ascii) text += std::string(1, c) + '\0';
  return text;
}

std::string foreign(std::string_view bytes) {
  return std::string(decode_foreign(bytes).reveal());
}

}  // namespace

TEST_CASE("credential names: as the guide's commands write them") {
  CHECK(target_of(key("GITHUB_TOKEN")) == "GITHUB_TOKEN");
  CHECK(target_of(key("GITHUB_TOKEN", "work")) == "GITHUB_TOKEN:work");
  CHECK(target_of(EntryKey::keys()) == "mcpcred::keys");
  CHECK(target_of(EntryKey::previous(key("A_TOKEN"))) == "mcpcred::previous::A_TOKEN");
  CHECK(target_of(EntryKey::previous(key("A_TOKEN", "work"))) == "mcpcred::previous::A_TOKEN:work");
}

TEST_CASE("credential names: each key has one of its own, letter case aside, and is found from it") {
  const std::vector<EntryKey> keys = {key("mcpcred"),
                                      key("mcpcred", "keys"),
                                      key("mcpcred", "previous"),
                                      key("previous", "A"),
                                      key("A"),
                                      key("A", "B"),
                                      key("A_B"),
                                      key("keys"),
                                      EntryKey::keys(),
                                      EntryKey::previous(key("A")),
                                      EntryKey::previous(key("A", "B")),
                                      EntryKey::previous(key("mcpcred", "keys"))};
  std::set<std::string> names;
  for (const EntryKey& each : keys) {
    const std::string name = target_of(each);
    INFO(name);
    CHECK(names.insert(lower(name)).second);
    CHECK(key_of_target(name) == each);
    CHECK_FALSE(key_of_target(part_target(name, 2)).has_value());
  }
}

TEST_CASE("credential names: what other programs keep there is none of ours") {
  for (const char* name :
       {"", "git:https://github.com", "MicrosoftAccount:user=someone@example.org", "A:default", "A:", ":A", "A::B",
        "A#2", "1A", "mcpcred::keys:work", "mcpcred::", "mcpcred::previous::", "mcpcred::previous::A::B",
        "TERMSRV/host", "LegacyGeneric:target=x", "A:b c", "virtualapp/didlogical"}) {
    INFO(name);
    CHECK_FALSE(key_of_target(name).has_value());
  }
}

TEST_CASE("credential parts: numbers from 2 on, in one spelling") {
  CHECK(part_target("A", 2) == "A#2");
  CHECK(part_number("A#2", "A") == 2U);
  CHECK(part_number("A:work#53", "A:work") == 53U);
  for (const char* name : {"A", "A#", "A#1", "A#0", "A#02", "A#+2", "A#2x", "A#-2", "A#2#3", "AB#2", "A#99999999999"}) {
    INFO(name);
    CHECK_FALSE(part_number(name, "A").has_value());
  }
}

TEST_CASE("credential comments: read back as they were written, and nobody else's are taken for ours") {
  for (const BlobLabel& label : {BlobLabel{}, BlobLabel{BlobEncoding::kBase64, 1, 2, {}},
                                 BlobLabel{BlobEncoding::kText, 53, 54, "0123456789abcdef"}}) {
    const auto read = parse_label(format_label(label));
    REQUIRE(read);
    CHECK(read->encoding == label.encoding);
    CHECK(read->items == label.items);
    CHECK(read->first_part == label.first_part);
    CHECK(read->id == label.id);
    CHECK(format_label(label).size() <= 256);  // CRED_MAX_STRING_LENGTH
  }
  for (const char* comment :
       {"", "mcpcred", "mcpcred other", "Updated by: someone on: 11/24/2026", "mcpcred text ", "mcpcred text items 1",
        "mcpcred text items 2 from 1 id 0123456789abcdef", "mcpcred text items 1 from 2 id 0123456789abcdef",
        "mcpcred text items 2 from 2 id 0123456789ABCDEF", "mcpcred part 2 id 0123456789abcdef"})
    CHECK_FALSE(parse_label(comment).has_value());
}

TEST_CASE("credential values: text as UTF-16, other bytes as base64 that says so") {
  const EncodedValue text = encode_value("ghp_x\n");
  CHECK(text.encoding == BlobEncoding::kText);
  CHECK(text.bytes.reveal() == wide("ghp_x\n"));
  const EncodedValue bytes = encode_value("\xff\xfe");
  CHECK(bytes.encoding == BlobEncoding::kBase64);
  CHECK(bytes.bytes.reveal() == wide("//4="));
  CHECK(encode_value("a\0b"s).encoding == BlobEncoding::kBase64);
  for (const std::string& value :
       {"plain"s, "\xff"s, "a\0b"s, "\0"s, "ünïcödé ☃ 𝄞"s, "\r\n"s, std::string(65536, '\xee')}) {
    const EncodedValue encoded = encode_value(value);
    const auto decoded = decode_value(encoded.encoding, encoded.bytes.reveal());
    REQUIRE(decoded);
    CHECK(decoded->reveal() == value);
  }
}

TEST_CASE("credential values: content that is not what its comment says is corrupt") {
  for (const auto& [encoding, bytes] : {std::pair(BlobEncoding::kText, "abc"s),
                                        {BlobEncoding::kBase64, wide("//4")},
                                        {BlobEncoding::kBase64, wide("no base64!")},
                                        {BlobEncoding::kText, "\x34\xd8"s}}) {
    const auto decoded = decode_value(encoding, bytes);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == ErrorCode::kCorrupt);
  }
}

TEST_CASE("credential values: what other tools wrote, in UTF-16 and in UTF-8") {
  CHECK(foreign(wide("ghp_token")) == "ghp_token");
  CHECK(foreign(wide("x")) == "x");
  CHECK(foreign("ghp_token") == "ghp_token");
  CHECK(foreign("even") == "even");  // as UTF-16 two Chinese characters: rule 2
  CHECK(foreign("\x57\x5b\x26\x7b\xac\x4e") == "\xe5\xad\x97\xe7\xac\xa6\xe4\xba\xac");  // rule 3
  CHECK(foreign("z\xc3\xbcrich") == "z\xc3\xbcrich");
  CHECK(foreign("z\0\xfc\0r\0"s) == "z\xc3\xbcr");
  CHECK(foreign("\xff\xfe\xfd") == "\xff\xfe\xfd");
  CHECK(foreign(wide("token") + "\0\0"s) == "token");
  CHECK(foreign("token\0"s) == "token");
  CHECK(foreign("a\0b"s) == "a\0b"s);
  CHECK(foreign("").empty());
}

}  // namespace mcpcred::test
