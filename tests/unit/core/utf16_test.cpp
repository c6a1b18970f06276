#include "core/utf16.h"

#include <string>

#include "catch.h"

using mcpcred::utf16_from_utf8;
using mcpcred::utf8_from_utf16;

namespace {

std::string there(std::string_view text) {
  const auto bytes = utf16_from_utf8(text);
  return bytes ? std::string(bytes->reveal()) : "(no UTF-8)";
}

std::string back(std::string_view bytes) {
  const auto text = utf8_from_utf16(bytes);
  return text ? std::string(text->reveal()) : "(no UTF-16)";
}

using namespace std::string_literals;

}  // namespace

TEST_CASE("UTF-16: letters of every length, little end first") {
  CHECK(there("A\xc3\xbc") == "A\0\xfc\0"s);
  CHECK(there("\xe2\x98\x83") == "\x03\x26");
  CHECK(there("\xf0\x9d\x84\x9e") == "\x34\xd8\x1e\xdd");
  CHECK(there("").empty());
  for (const char* text : {"plain", "ünïcödé ☃ 𝄞", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbf", "\xed\x9f\xbf", "\x7f\xc2\x80"})
    CHECK(back(there(text)) == text);
}

TEST_CASE("UTF-16: what is none of both is told") {
  CHECK(there("\xff") == "(no UTF-8)");
  CHECK(there("\xed\xa0\x80") == "(no UTF-8)");       // a surrogate
  CHECK(back("abc") == "(no UTF-16)");                // an odd number of bytes
  CHECK(back("\x34\xd8") == "(no UTF-16)");           // half of a pair
  CHECK(back("\x34\xd8\x41\x00"s) == "(no UTF-16)");  // the wrong half behind it
  CHECK(back("\x1e\xdd\x34\xd8"s) == "(no UTF-16)");  // the halves the wrong way round
}
