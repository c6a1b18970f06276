#include "catalog/json_lines.h"

#include "catch.h"

using mcpcred::line_of;

TEST_CASE("a path in a JSON text has a line") {
  const char* text =
      "{\n"                          // 1
      "  \"a\": 1, \"b\": [\n"       // 2
      "    {\"x\": \"}],\\\"\"},\n"  // 3
      "\n"                           // 4
      "    {\"x\": [[1], {}],\n"     // 5
      "     \"y\"\n"                 // 6
      "       : true}\n"             // 7
      "  ],\n"                       // 8
      "  \"c\": {\"b\": null}\n"     // 9
      "}\n";
  CHECK(line_of(text, {}) == 1);
  CHECK(line_of(text, {"a"}) == 2);
  CHECK(line_of(text, {"b"}) == 2);
  CHECK(line_of(text, {"b", "0"}) == 3);
  CHECK(line_of(text, {"b", "0", "x"}) == 3);
  CHECK(line_of(text, {"b", "1"}) == 5);
  CHECK(line_of(text, {"b", "1", "y"}) == 6);
  CHECK(line_of(text, {"c", "b"}) == 9);
}

TEST_CASE("a path that leaves the text has the line of its last step, or none") {
  const char* text = "{\n \"a\": [\n  1,\n  {}\n ]\n}";
  CHECK(line_of(text, {"a", "1", "missing"}) == 4);
  CHECK(line_of(text, {"a", "7"}) == 2);
  CHECK(line_of(text, {"b"}) == 0);
  CHECK(line_of(text, {"a", "0", "deeper"}) == 3);
  CHECK(line_of("", {"a"}) == 0);
  CHECK(line_of("{\"a", {"a"}) <= 1);  // cut off: any answer, no read past the end
  CHECK(line_of("[\"\\", {"3"}) == 0);
}

TEST_CASE("a path is written as in JavaScript, what a terminal would act on escaped") {
  CHECK(mcpcred::path_text({"variables", "0", "formats", "12", "id"}) == "variables[0].formats[12].id");
  CHECK(mcpcred::path_text({"a\x1b[31m"}).find('\x1b') == std::string::npos);
}
