#include <map>
#include <set>

#include "catch.h"
#include "unit/shell/support.h"

namespace mcpcred::test {
namespace {

// As the runner reads the file: lines end with LF; an empty one is passed over; NAME<<END begins a value, and the line
// END ends it.
std::map<std::string, std::string> read_by_runner(std::string_view text) {
  std::map<std::string, std::string> variables;
  const auto next_line = [&] {
    const std::size_t end = text.find('\n');
    const std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
  };
  while (!text.empty()) {
    const std::string line = next_line();
    if (line.empty()) continue;
    const std::size_t mark = line.find("<<");
    if (mark == std::string::npos || line.find('=') < mark) return {{"not a heredoc", line}};
    const std::string end = line.substr(mark + 2);
    std::string value;
    for (bool first = true;; first = false) {
      if (text.empty()) return {{"no end of", line}};
      const std::string part = next_line();
      if (part == end) break;
      value += (first ? "" : "\n") + part;
    }
    variables[line.substr(0, mark)] = value;
  }
  return variables;
}

std::string masks_of(std::string_view value) {
  const Secret secret = Secret::copy_of(value);
  Secret masks;
  const bool hidden = syntax("github-actions").append_mask(masks, {"VALUE", &secret});
  return std::string(masks.reveal()) + (hidden ? "" : "not hidden");
}

}  // namespace

TEST_CASE("export C9: the runner reads one variable back, whatever its value is") {
  const std::string before = exported("github-actions", "x");
  const std::string delimiter = before.substr(before.find("<<") + 2, 40);
  for (const std::string& value : {std::string("plain"), std::string("a\nb"), std::string("\n"), std::string("\n\n"),
                                   std::string("a\n"), std::string("a\r\nb"), std::string("EOF\nLD_PRELOAD=/x"),
                                   std::string("X<<EOF"), "a\n" + delimiter + "\nPATH=/x", std::string(" spaces "),
                                   std::string("z\xc3\xbcrich"), std::string("%0A::add-mask::x")}) {
    INFO(value);
    CHECK(read_by_runner(exported("github-actions", value)) == std::map<std::string, std::string>{{"VALUE", value}});
  }
}

TEST_CASE("export C9: the delimiter is another one for each value") {
  const Secret value = Secret::copy_of("x");
  std::set<std::string> delimiters;
  for (int i = 0; i < 100; ++i) {
    const std::vector<ExportItem> items = {{"ONE", &value}, {"TWO", &value}};
    const auto text = format_export(syntax("github-actions"), items);
    REQUIRE(text);
    std::string_view rest = text->reveal();
    for (std::size_t mark = rest.find("<<"); mark != std::string_view::npos; mark = rest.find("<<")) {
      rest.remove_prefix(mark + 2);
      delimiters.emplace(rest.substr(0, rest.find('\n')));
    }
  }
  CHECK(delimiters.size() == 200);
}

TEST_CASE("export: the runner is given text that it keeps as it is") {
  CHECK(exported("github-actions", "\xff").find("refused: ") == 0);
  CHECK(exported("github-actions", std::string_view("a\0b", 3)).find("refused: ") == 0);
  CHECK(exported("github-actions", "a\r").find("refused: ") == 0);
}

TEST_CASE("export: masks hide a value and each line of it, but no short line") {
  CHECK(masks_of("token") == "::add-mask::token\n");
  CHECK(masks_of("50% of it") == "::add-mask::50%25 of it\n");
  CHECK(masks_of("first line\n{\r\n\nlast line") ==
        "::add-mask::first line%0A{%0D%0A%0Alast line\n::add-mask::first line\n::add-mask::last line\n");
  CHECK(masks_of("::stop-commands::x") == "::add-mask::::stop-commands::x\n");
  CHECK(masks_of("abc") == "not hidden");
  CHECK(masks_of("  a  ") == "not hidden");
}

}  // namespace mcpcred::test
