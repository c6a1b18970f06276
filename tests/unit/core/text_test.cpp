#include <string>

#include "catch.h"
#include "core/encoding.h"

using mcpcred::edit_distance;
using mcpcred::is_utf8;
using mcpcred::printable;

TEST_CASE("well-formed UTF-8 is told from the rest") {
  for (const std::string good : {"", "ascii", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x94\x91", "\xf4\x8f\xbf\xbf"}) {
    CAPTURE(good);
    CHECK(is_utf8(good));
  }
  CHECK(is_utf8(std::string("\0", 1)));
}

TEST_CASE("A6: overlong forms, surrogates, cut and stray bytes are not UTF-8") {
  for (const std::string bad :
       {"\x80", "\xbf", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x80\xaf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf",
        "\xf0\x80\x80\xaf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82",
        "\xe2\x28\xa1", "ok\xff", "\xff ok"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("E1 E2 E3: what would act on a terminal is written out") {
  CHECK(printable("\x1b]0;title\a") == "\\x1b]0;title\\x07");
  CHECK(printable("safe\rrm") == "safe\\x0drm");
  CHECK(printable("a\nb\tc\x7f") == "a\\x0ab\\x09c\\x7f");
  CHECK(printable(std::string("a\0b", 3)) == "a\\x00b");
  CHECK(printable("\xc2\x9b") == "\\x9b");          // CSI in eight bits
  CHECK(printable("\xe2\x80\xae") == "\\u{202e}");  // right-to-left override
  CHECK(printable("\xe2\x81\xa6"
                  "x\xe2\x81\xa9") == "\\u{2066}x\\u{2069}");
  CHECK(printable("\xe2\x80\xa8") == "\\u{2028}");  // line separator
}

TEST_CASE("bytes that are no UTF-8 are written out one by one") {
  CHECK(printable("a\xff\xfe"
                  "b") == "a\\xff\\xfeb");
  CHECK(printable("\xe2\x82") == "\\xe2\\x82");
}

TEST_CASE("text for people stays as it is") {
  CHECK(printable("plain 'text' \"quoted\" \\ back") == "plain 'text' \"quoted\" \\ back");
  CHECK(printable("Zürich 🔑") == "Zürich 🔑");
}

TEST_CASE("whatever goes in, what comes out is UTF-8 without controls") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  const std::string shown = printable(bytes + bytes);
  CHECK(is_utf8(shown));
  for (const char c : shown) CHECK((static_cast<unsigned char>(c) >= 0x20 && c != 0x7f));
}

TEST_CASE("edit distance counts what a person mistypes") {
  CHECK(edit_distance("github", "github") == 0);
  CHECK(edit_distance("githb", "github") == 1);    // left out
  CHECK(edit_distance("giithub", "github") == 1);  // typed twice
  CHECK(edit_distance("githab", "github") == 1);   // another letter
  CHECK(edit_distance("gihtub", "github") == 1);   // two swapped
  CHECK(edit_distance("slack", "sentry") == 5);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("abc", "") == 3);
  CHECK(edit_distance("a", "b") == edit_distance("b", "a"));
}
