#include "catch.h"
#include "cli/harness.h"
#include "cli/output.h"

using namespace mcpcred;
using cli::Cell;
using cli::Style;
using cli::Table;
using cli::Tone;

namespace {

std::optional<std::string> nothing_set(std::string_view) {
  return std::nullopt;
}

std::size_t widest(const std::string& text) {
  std::size_t most = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    most = std::max(most, cli::columns(std::string_view(text).substr(at, end - at)));
    at = end + 1;
  }
  return most;
}

}  // namespace

TEST_CASE("E5 colour: on a terminal that obeys it, never with NO_COLOR, always when asked for") {
  const TerminalTraits file;
  const TerminalTraits terminal{true, true, true, 80};
  const TerminalTraits dumb{true, false, true, 80};
  const auto no_color = [](std::string_view name) {
    return name == "NO_COLOR" ? std::optional<std::string>("1") : std::nullopt;
  };
  CHECK(cli::style_for(terminal, "auto", nothing_set).colour);
  CHECK_FALSE(cli::style_for(terminal, "auto", no_color).colour);
  CHECK_FALSE(cli::style_for(terminal, "never", nothing_set).colour);
  CHECK_FALSE(cli::style_for(dumb, "auto", nothing_set).colour);
  CHECK_FALSE(cli::style_for(file, "auto", nothing_set).colour);
  CHECK(cli::style_for(file, "always", no_color).colour);
}

TEST_CASE("E5 into a pipe goes no escape sequence, on a terminal the state has its colour") {
  test::CliHome home;
  home.make_vault();
  home.store("GITHUB_TOKEN", "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");
  CHECK_FALSE(test::says(home.run({"check"}).out, "\x1b"));
  CHECK_FALSE(test::says(home.run({"load", "NOT_THERE"}).err, "\x1b"));
  home.screen = {true, true, true, 100};
  CHECK(test::says(home.run({"check"}).out, "\x1b[32mok\x1b[0m"));
  CHECK_FALSE(test::says(home.run({"check", "--color", "never"}).out, "\x1b"));
  home.screen.escapes = false;
  CHECK_FALSE(test::says(home.run({"check"}).out, "\x1b"));
}

TEST_CASE("a terminal without letters outside of ASCII gets none") {
  test::CliHome home;
  home.make_vault();
  home.store("GITHUB_TOKEN", "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");
  CHECK(test::says(home.run({"check"}).out, " · "));
  home.screen = {true, false, false, 100};
  const std::string out = home.run({"check"}).out;
  CHECK(std::none_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
  CHECK(test::says(out, "1 ok - values"));
  CHECK(cli::in_letters({false, false, 0}, "a·b…ü⠋") == "a-b...??");
}

TEST_CASE("a table fits its terminal, and nothing of it is lost") {
  Table table({"SERVER", "NOTE"});
  table.add({"github", "it looks like none of the known kinds; mistyped, cut off, or newer than this program"});
  table.add({"a-server-with-a-rather-long-name", Cell("short", Tone::kBad)});
  const std::string wide = table.text();
  CHECK(wide.find("program\n") != std::string::npos);
  for (const unsigned width : {60U, 44U, 30U}) {
    const std::string text = table.text(Style{false, true, width});
    INFO(text);
    CHECK(widest(text) <= std::max(width, 39U));  // the longest name and its gap are not cut
    CHECK(text.find(" \n") == std::string::npos);
    std::string joined;
    for (const char c : text)
      if (c != '\n' && c != ' ') joined += c;
    std::string original;
    for (const char c : wide)
      if (c != '\n' && c != ' ') original += c;
    CHECK(joined == original);
  }
}
