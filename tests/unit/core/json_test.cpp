#include "core/json.h"

#include <nlohmann/json.hpp>
#include <string>

#include "catch.h"

using mcpcred::ErrorCode;
using mcpcred::JsonLimits;
using mcpcred::parse_json;

namespace {

// Compared as text: Catch would take a tree of JSON for a range of ranges.
std::string parsed(std::string_view text) {
  const auto value = parse_json(text);
  return value ? mcpcred::dump_json(*value) : "error: " + value.error().message;
}

bool is_corrupt(std::string_view text) {
  const auto value = parse_json(text);
  return !value && value.error().code == ErrorCode::kCorrupt;
}

std::string nested(unsigned depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

TEST_CASE("one JSON value is read, whatever its kind") {
  CHECK(parsed(R"({"a": [1, -2, 1.5, true, null, "x"], "b": {}})") == R"({"a":[1,-2,1.5,true,null,"x"],"b":{}})");
  CHECK(parsed(" \n[]\n ") == "[]");
  CHECK(parsed("3") == "3");
  CHECK(parsed(R"("\u00e9\ud83d\udd11")") == "\"é🔑\"");
  CHECK(parsed(R"([[1],[{"a":[2]}],3])") == R"([[1],[{"a":[2]}],3])");
  CHECK(parsed("18446744073709551615") == "18446744073709551615");
}

TEST_CASE("what is no JSON is refused") {
  for (const std::string bad : {"", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "[1 2]", "nul", "01", "+1",
                                "NaN", "\"\n\"", "\"\\x41\"", "\"\\ud83d\"", "// no\n{}", "{} /* no */", "\xff"}) {
    CAPTURE(bad);
    CHECK(is_corrupt(bad));
  }
}

TEST_CASE("text after the value is refused") {
  CHECK(is_corrupt("{} x"));
  CHECK(is_corrupt("{}{}"));
  CHECK(is_corrupt("[] ]"));
}

TEST_CASE("a NUL byte is refused wherever it stands") {
  CHECK(is_corrupt(std::string("{}\0", 3)));
  CHECK(is_corrupt(std::string("{}\0\0\0\0", 6)));
  CHECK(is_corrupt(std::string("\0{}", 3)));
  CHECK(is_corrupt(std::string("\"a\0b\"", 5)));
}

TEST_CASE("B8: a key that stands twice in one object is refused") {
  CHECK(is_corrupt(R"({"a":1,"a":2})"));
  CHECK(is_corrupt(R"({"x":{"a":1,"b":2,"a":1}})"));
  CHECK(is_corrupt(R"({"a":1,"\u0061":2})"));
  CHECK_FALSE(is_corrupt(R"([{"a":1},{"a":2},{"b":{"a":1},"a":2}])"));
}

TEST_CASE("bytes that are no UTF-8 are refused") {
  for (const std::string bad : {"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "{\"\xe2\x82\":1}"})
    CHECK(is_corrupt(bad));
  CHECK_FALSE(is_corrupt("\"\xe2\x82\xac\""));
}

TEST_CASE("nesting is bounded") {
  CHECK(parse_json(nested(8)));
  CHECK(is_corrupt(nested(9)));
  CHECK(is_corrupt(nested(1000000)));
  CHECK(is_corrupt(std::string(1000000, '[')));
  JsonLimits limits;
  limits.max_depth = 2;
  CHECK(parse_json(R"({"a":[]})", limits));
  CHECK_FALSE(parse_json(R"({"a":[{}]})", limits));
}

TEST_CASE("size is bounded") {
  JsonLimits limits;
  limits.max_bytes = 4;
  CHECK(parse_json("[1]", limits));
  CHECK(parse_json("[12]", limits));
  REQUIRE_FALSE(parse_json("[123]", limits));
  CHECK(parse_json("[123]", limits).error().code == ErrorCode::kTooLarge);
}

TEST_CASE("an error tells line and byte, never the text") {
  const auto error = parse_json("{\n  \"token\": \"visible\",\n  oops\n}").error();
  CHECK(error.message.find("line 3, byte ") == 0);
  CHECK(error.message.find("oops") == std::string::npos);
  CHECK(error.message.find("visible") == std::string::npos);
  CHECK(error.message.find('\n') == std::string::npos);
}

TEST_CASE("a number that no double can hold is an error, not an exception") {
  CHECK(is_corrupt("1e400"));
}

TEST_CASE("bytes that are no UTF-8 are written as a replacement, without an exception") {
  CHECK(mcpcred::dump_json(nlohmann::json("a\xff")) == "\"a\xef\xbf\xbd\"");
}

TEST_CASE("text for people keeps the order of its keys") {
  nlohmann::ordered_json value;
  value["z"] = 1;
  value["a"] = {{"k", "v"}};
  CHECK(mcpcred::dump_json(value) == R"({"z":1,"a":{"k":"v"}})");
  CHECK(mcpcred::dump_json_pretty(value) == "{\n  \"z\": 1,\n  \"a\": {\n    \"k\": \"v\"\n  }\n}");
}
