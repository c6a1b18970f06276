#include "vault/vault_records.h"

#include "helpers.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

const std::string kVaultId(32, 'a');
const std::string kTime = "2026-11-24T05:00:00Z";

std::string line_of(std::string_view name, std::string_view value, const std::string& id = new_record_id()) {
  return std::string(format_vault_entry(key_of(name), id, secret(value), kTime, kTime).reveal());
}

VaultHeader header_of(std::uint64_t generation = 1) {
  VaultHeader header;
  header.vault_id = kVaultId;
  header.generation = generation;
  header.written = *parse_timestamp(kTime);
  return header;
}

/// Padded, authenticated and encrypted by a holder of the identity: only the content is wrong.
std::string sealed(const age::Identity& identity, std::string text) {
  const Secret key = vault_auth_key(identity, kVaultId);
  text += R"({"t":"end","pad":")";
  const std::size_t rest = std::string_view("\",\"mac\":\"").size() + 43 + 3;
  text += std::string((4096 - (text.size() + rest) % 4096) % 4096, '0') + "\",\"mac\":\"";
  text += base64_encode(hmac_sha256(key.reveal(), text).reveal(), Padding::kNone) + "\"}\n";
  const age::Recipient recipient = identity.recipient();
  auto file = age::encrypt(text, {&recipient, 1});
  REQUIRE(file.has_value());
  return *file;
}

std::string header_line(std::size_t count, const std::string& version = R"("v":1,"min_reader":1)",
                        const std::string& more = "") {
  return R"({"mcpcred":"vault",)" + version + R"(,"vault_id":")" + kVaultId + R"(","gen":3,"prev":"","ts":")" + kTime +
         R"(","n":)" + std::to_string(count) + more + "}\n";
}

Result<VaultContent> open_text(const std::string& text) {
  const auto identity = new_identity();
  return open_vault_bytes(sealed(identity, text), identity, {});
}

}  // namespace

TEST_CASE("vault text: what was written is read, with the values in place") {
  const auto identity = new_identity();
  const Secret key = vault_auth_key(identity, kVaultId);
  const std::string one = line_of("ONE", "first");
  const std::string two = line_of("TWO", std::string_view("\xff\0x", 3));
  const auto text = format_vault_text(header_of(7), {one, two}, key);
  REQUIRE(text.has_value());
  CHECK(text->size() % 4096 == 0);
  const auto parts = split_vault_text(text->view());
  REQUIRE(parts.has_value());
  CHECK(verify_vault_mac(*parts, key).has_value());
  const auto header = parse_vault_header(parts->header_line);
  REQUIRE(header.has_value());
  CHECK(header->generation == 7);
  const auto records = parse_vault_records(parts->records, header->count);
  REQUIRE(records.has_value());
  REQUIRE(records->size() == 2);
  CHECK((*records)[0].line == one);
  CHECK(vault_record_value((*records)[0].line)->reveal() == "first");
  CHECK(vault_record_value((*records)[1].line)->reveal() == std::string_view("\xff\0x", 3));
  CHECK(two.find("\"b64\":\"/wB4\"") != std::string::npos);
}

TEST_CASE("vault text: every byte survives as a value") {
  for (unsigned c = 0; c < 256; ++c) {
    const std::string value = std::string("a") + static_cast<char>(c) + "b\n";
    CHECK(vault_record_value(line_of("NAME", value))->reveal() == value);
  }
  const std::string all = "quote \" backslash \\ tab \t newline \n \x01 \x7f \xc3\xa4 \xf0\x9f\x94\x91 </script>";
  CHECK(vault_record_value(line_of("NAME", all))->reveal() == all);
}

TEST_CASE("vault text: padding fills the last block exactly, at every size") {
  const Secret key = vault_auth_key(new_identity(), kVaultId);
  for (std::size_t size = 3600; size < 4100; ++size) {
    const std::string line = line_of("NAME", std::string(size, 'x'));
    const auto text = format_vault_text(header_of(), {line}, key);
    REQUIRE(text.has_value());
    REQUIRE(text->size() % 4096 == 0);
    REQUIRE(text->size() < line.size() + 4096 + 600);
    REQUIRE(split_vault_text(text->view()).has_value());
  }
}

TEST_CASE("I14 a wrong number of records, a missing, second or early end, ids and names that stand twice") {
  const std::string a = line_of("A", "1");
  const std::string b = line_of("B", "2");
  REQUIRE(open_text(header_line(2) + a + b).has_value());
  CHECK(code_of(open_text(header_line(1) + a + b)) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(3) + a + b)) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(2) + a + a)) == ErrorCode::kCorrupt);
  const std::string id = new_record_id();
  CHECK(code_of(open_text(header_line(2) + line_of("A", "1", id) + line_of("B", "2", id))) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(2) + line_of("A", "1") + line_of("A", "2"))) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(2) + a + R"({"t":"end","pad":"","mac":""})" + "\n")) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(0) + "\n")) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text("")) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(a)) == ErrorCode::kCorrupt);

  const auto identity = new_identity();
  const age::Recipient recipient = identity.recipient();
  std::string no_end = header_line(1) + a;
  no_end.insert(no_end.size() - 1, std::string(4096 - no_end.size(), ' '));
  CHECK(code_of(open_vault_bytes(*age::encrypt(no_end, {&recipient, 1}), identity, {})) == ErrorCode::kCorrupt);
}

TEST_CASE("I15 a newer version is refused with the word to upgrade, whatever its code says") {
  for (const char* version : {R"("v":2,"min_reader":1)", R"("v":1,"min_reader":2)", R"("v":9,"min_reader":9)"}) {
    auto opened = open_text(header_line(0, version));
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::kNewerVersion);
    CHECK(opened.error().hint.find("upgrade") != std::string::npos);
  }
  CHECK(code_of(open_text(header_line(0, R"("v":0,"min_reader":1)"))) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(0, R"("v":"1","min_reader":1)"))) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(0, R"("v":1.5,"min_reader":1)"))) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(0, R"("v":1)"))) == ErrorCode::kCorrupt);
  CHECK(code_of(open_text(header_line(0, R"("v":1,"v":1,"min_reader":1)"))) == ErrorCode::kCorrupt);
}

TEST_CASE("vault text: records that are none are refused") {
  const std::string good = line_of("A", "1");
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string line = good;
    const std::size_t at = line.find(from);
    REQUIRE(at != std::string::npos);
    return line.replace(at, from.size(), to);
  };
  REQUIRE(open_text(header_line(1) + good).has_value());
  for (const std::string& bad : {std::string("[]\n"),
                                 std::string("{}\n"),
                                 std::string("null\n"),
                                 with("{", "[{"),
                                 with("\"value\":\"1\"", "\"value\":\"\""),
                                 with("\"value\":\"1\"", "\"value\":1"),
                                 with("\"value\":\"1\"", "\"value\":\"1\",\"b64\":\"MQ==\""),
                                 with("\"value\":\"1\"", "\"b64\":\"MQ\""),
                                 with("\"value\":\"1\"", "\"b64\":\"MR==\""),
                                 with("\"value\":\"1\"", "\"value\":\"a\\u0000b\""),
                                 with("\"value\":\"1\"", "\"other\":\"1\""),
                                 with("\"value\":\"1\"", "\"value\":\"" + std::string(64 * 1024 + 1, 'x') + "\""),
                                 with("\"name\":\"A\"", "\"name\":\"1A\""),
                                 with("\"name\":\"A\"", "\"name\":\"mcpcred:keys\""),
                                 with("\"name\":\"A\"", "\"name\":\"../A\""),
                                 with("\"t\":\"secret\"", "\"t\":\"keys\""),
                                 with("\"t\":\"secret\"", "\"t\":\"hidden\""),
                                 with("\"t\":\"secret\"", "\"t\":1"),
                                 with("\"account\":\"default\"", "\"account\":\"\""),
                                 with("\"account\":\"default\"", "\"account\":\"a b\""),
                                 with("2026-11-24T05", "2026-13-24T05"),
                                 with("\"id\":\"", "\"id\":\"I"),
                                 with("\"id\"", "\"ID\""),
                                 with("{", "{\"t\":\"secret\","),
                                 with("\"1\"", "\"\xff\""),
                                 std::string(R"({"t":"recipient","key":"age1"})") + "\n"}) {
    CHECK(code_of(open_text(header_line(1) + bad)) == ErrorCode::kCorrupt);
  }
  // What a later version may add is neither refused nor understood.
  CHECK(open_text(header_line(1) + R"({"t":"later","anything":[1,2,3]})" + "\n").has_value());
  CHECK(open_text(header_line(0, R"("v":1,"min_reader":1)", R"(,"audit":{"seq":4,"h":"00"})")).has_value());
}

TEST_CASE("vault text: other spellings of the same JSON are read the same") {
  const std::string id = new_record_id();
  const std::string other = R"({ "changed":"2026-11-24T05:00:00Z", "created":"2026-11-24T05:00:00Z", "later":{"x":[]},)"
                            R"("value":"\u0061\/b", "account":"def\u0061ult", "name":"A", "t":"secret", "id":")" +
                            id + "\"}\n";
  const auto content = open_text(header_line(1) + other);
  REQUIRE(content.has_value());
  REQUIRE(content->find(key_of("A")) != nullptr);
  CHECK(content->find(key_of("A"))->id == id);
  CHECK(vault_record_value(content->find(key_of("A"))->line)->reveal() == "a/b");
  // The same name in both spellings is there twice.
  CHECK(code_of(open_text(header_line(2) + other + line_of("A", "1"))) == ErrorCode::kCorrupt);
}

TEST_CASE("vault text: a message about a bad record never shows a part of it") {
  std::string line = line_of("A", "UNLIKELY");
  line.replace(line.find("\"created\""), 9, "\"UNLIKELY\"");
  auto opened = open_text(header_line(1) + line);
  REQUIRE_FALSE(opened.has_value());
  CHECK((opened.error().message + opened.error().hint).find("UNLIKELY") == std::string::npos);
}

TEST_CASE("record ids: 26 characters, increasing by time, never the same") {
  std::string last;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = new_record_id();
    REQUIRE(id.size() == 26);
    REQUIRE(id != last);
    REQUIRE((last.empty() || id.substr(0, 10) >= last.substr(0, 10)));
    last = id;
  }
}
