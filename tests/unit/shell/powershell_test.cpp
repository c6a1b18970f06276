#include <array>
#include <random>

#include "catch.h"
#include "core/utf16.h"
#include "unit/shell/support.h"

// No PowerShell can be had here: what it would read is worked out by its documented rules. A string begins with any of
// the five single quotes and ends at the next one that no other follows; two of them are one; nothing else is special.
namespace mcpcred::test {
namespace {

constexpr auto kQuotes =
    std::to_array<std::string_view>({"'", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9a", "\xe2\x80\x9b"});

// How many bytes of a single quote `text` begins with; 0: none.
std::size_t quote_at(std::string_view text) {
  for (const std::string_view quote : kQuotes)
    if (text.starts_with(quote)) return quote.size();
  return 0;
}

bool take(std::string_view& text, std::string_view wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(wanted.size());
  return true;
}

// A string's content as UTF-16; "?" of odd length where it does not end.
std::string take_string(std::string_view& text) {
  std::string content;
  text.remove_prefix(quote_at(text));
  while (!text.empty()) {
    std::size_t size = 1;
    if (const std::size_t quote = quote_at(text); quote != 0) {
      text.remove_prefix(quote);
      if (quote_at(text) == 0) return std::string(utf16_from_utf8(content)->reveal());
      size = quote_at(text);
    }
    content += text.substr(0, size);
    text.remove_prefix(size);
  }
  return "?";
}

std::string take_char(std::string_view& text) {
  unsigned unit = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    unit = unit * 10 + static_cast<unsigned>(text.front() - '0');
    text.remove_prefix(1);
  }
  return {static_cast<char>(unit & 0xffU), static_cast<char>(unit >> 8U)};
}

// The value that PowerShell gives to $env:VALUE for this line, or what is wrong with the line.
std::string evaluated(std::string_view line) {
  for (const char c : line.substr(0, line.size() - 1))
    if (c < 0x20 || c > 0x7e) return "not printable ASCII";
  if (!line.ends_with('\n') || !take(line, "$env:VALUE = -join(")) return "not the beginning";
  std::string utf16;
  do {
    if (quote_at(line) != 0)
      utf16 += take_string(line);
    else if (take(line, "[char]"))
      utf16 += take_char(line);
    else
      return "neither a string nor a character";
  } while (take(line, ","));
  if (line != ")\n") return "not the end";
  const auto value = utf8_from_utf16(utf16);
  return value ? std::string(value->reveal()) : "no UTF-16";
}

}  // namespace

TEST_CASE("export C1 C2 C3 C4: PowerShell reads back every value by its documented rules") {
  std::vector<std::string> values = {"plain",
                                     "it's",
                                     "'",
                                     "''",
                                     "'; touch pwn; '",
                                     "$(touch pwn)",
                                     "`touch pwn`",
                                     "`$env:PATH",
                                     "$env:PATH",
                                     "\"",
                                     "@'\n'@",
                                     "#",
                                     "line\nline",
                                     "\r\n",
                                     "\r",
                                     "\t",
                                     " ",
                                     "back\\",
                                     "%PATH%",
                                     "!event",
                                     "-join('x')",
                                     "z\xc3\xbcrich",
                                     "\xe2\x80\x98\xe2\x80\x99\xe2\x80\x9a\xe2\x80\x9b",
                                     "\xe2\x80\x99; touch pwn; \xe2\x80\x99",
                                     "\xe2\x80\x9c\xe2\x80\x9d",
                                     "\xf0\x9f\x98\x80",
                                     "\xef\xbf\xbf",
                                     "\xf4\x8f\xbf\xbf"};
  for (unsigned byte = 1; byte < 128; ++byte) values.push_back(std::string("a") + static_cast<char>(byte));
  for (const std::string& value : values) {
    INFO(value);
    CHECK(evaluated(exported("powershell", value)) == value);
  }
}

TEST_CASE("export: the test's own reading of PowerShell is caught by what must not be written") {
  CHECK(evaluated("$env:VALUE = -join('it''s')\n") == "it's");
  CHECK(evaluated("$env:VALUE = -join('a'; touch pwn; 'b')\n") == "not the end");
  CHECK(evaluated("$env:VALUE = -join('a\xe2\x80\x99; b')\n") == "not printable ASCII");
  CHECK(evaluated("$env:VALUE = -join('a\nb')\n") == "not printable ASCII");
}

TEST_CASE("export: PowerShell is given text that a variable of Windows can hold") {
  CHECK(exported("powershell", "it's") == "$env:VALUE = -join('it''s')\n");
  CHECK(exported("powershell", "a\n\xc3\xbc") == "$env:VALUE = -join('a',[char]10,[char]252)\n");
  CHECK(exported("powershell", "\xff").find("refused: VALUE: PowerShell keeps text") == 0);
  CHECK(exported("powershell", std::string_view("a\0b", 3)).find("refused: ") == 0);
  CHECK(exported("powershell", std::string(32701, 'x')).find("refused: ") == 0);
}

TEST_CASE("export C10: names that differ in letter case alone are refused where they are one variable") {
  const Secret value = Secret::copy_of("x");
  const std::vector<ExportItem> items = {{"OTHER", &value}, {"My_Token", &value}, {"MY_TOKEN", &value}};
  for (const std::string_view name : {"cmd", "powershell", "nushell"}) {
    const auto text = format_export(syntax(name), items);
    REQUIRE_FALSE(text);
    CHECK(text.error().message.find("My_Token and MY_TOKEN are one variable in ") == 0);
  }
  for (const std::string_view name : {"sh", "fish", "json", "dotenv"}) CHECK(format_export(syntax(name), items));
}

}  // namespace mcpcred::test
