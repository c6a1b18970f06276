#include <algorithm>
#include <random>

#include "catch.h"
#include "cli/harness.h"
#include "mcpcred/import.h"
#include "mcpcred/shell.h"

namespace mcpcred::test {
namespace {

// What a profile's call leaves behind where it fails: nothing for the shell to run, and one line for the person.
void check_one_line(const Ran& ran, int code, std::string_view part) {
  INFO(ran.err);
  CHECK(ran.code == code);
  CHECK(ran.out.empty());
  CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
  CHECK(ran.err.find("mcpcred: warning: nothing was exported: ") == 0);
  CHECK(says(ran.err, part));
}

}  // namespace

TEST_CASE("export --no-prompt: what works is exported as ever") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  const Ran ran = home.run({"export", "--no-prompt", "--shell", "bash"});
  CHECK(ran.code == 0);
  CHECK(ran.out == "export GITHUB_TOKEN='made-up'\n");
  CHECK(ran.err.empty());
}

TEST_CASE("export --no-prompt: a vault with nothing in it says nothing at all") {
  CliHome home;
  home.make_vault();
  const Ran ran = home.run({"export", "--no-prompt", "--shell", "bash"});
  CHECK(ran.code == 0);
  CHECK(ran.out.empty());
  CHECK(ran.err.empty());
}

TEST_CASE("export --no-prompt J4 C8: a locked vault is one line with what to type, and no question") {
  CliHome home;
  home.standard_input = "made-up passphrase";
  REQUIRE(home.run({"vault", "init", "--passphrase-stdin"}).code == 0);
  home.terminal = true;
  // A warning on the way to the failure would be a second line.
  CliHome::Setting setting(home, "MCPCRED_STORE", "env");
  check_one_line(home.run({"export", "--no-prompt", "--shell", "bash"}), 4,
                 "the vault is locked; mcpcred vault unlock\n");
  check_one_line(home.run({"export", "--no-prompt", "--json"}), 4, "the vault is locked");
  CHECK(home.questions.empty());
}

TEST_CASE("export --no-prompt M1: in an agent's shell nobody is asked, and one line says how") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  home.terminal = true;
  CliHome::Setting setting(home, "AI_AGENT", "1");
  const Ran ran = home.run({"export", "--no-prompt", "--shell", "bash"});
  check_one_line(ran, 4, "belongs to an AI agent (AI_AGENT)");
  CHECK(says(ran.err, "mcpcred export\n"));
  CHECK(home.questions.empty());
}

TEST_CASE("export --no-prompt C6: all that is left out is one line at a shell's start") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  REQUIRE(home.store("NODE_OPTIONS", "--inspect").code == 0);
  CHECK(home.run({"export", "--no-prompt", "--shell", "bash"}).err ==
        "mcpcred: warning: 1 is left out (NODE_OPTIONS): mcpcred export says why\n");
  for (const char* name : {"GIT_SSH_COMMAND", "SSH_ASKPASS", "https_proxy"}) REQUIRE(home.store(name, "x").code == 0);
  const Ran ran = home.run({"export", "--no-prompt", "--shell", "bash"});
  CHECK(ran.code == 0);
  CHECK(says(ran.out, "export GITHUB_TOKEN='made-up'\n"));
  CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
  CHECK(says(ran.err, "4 are left out ("));
  CHECK(says(ran.err, ", …): mcpcred export says why"));
  const Ran plain = home.run({"export", "--shell", "bash"});
  CHECK(std::count(plain.err.begin(), plain.err.end(), '\n') == 4);
}

TEST_CASE("export --no-prompt C7: an output that is full is one line as well") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  REQUIRE(home.store("NODE_OPTIONS", "--inspect").code == 0);
  home.out_is_full = true;
  check_one_line(home.run({"export", "--no-prompt", "--shell", "bash"}), 5, "standard output");
}

TEST_CASE("export C9: github-actions masks on standard output, variables in the runner's file") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  REQUIRE(home.store("SHORT_TOKEN", "abc").code == 0);
  const Ran outside = home.run({"export", "--format", "github-actions"});
  CHECK(outside.code == 2);
  CHECK(outside.out.empty());
  CliHome::Setting setting(home, "GITHUB_ENV", home.path("runner"));
  const Ran missing = home.run({"export", "--format", "github-actions"});
  CHECK(missing.code == 5);
  CHECK(missing.out.empty());
  home.write("runner", "A=1\n");
  home.out_is_full = true;
  CHECK(home.run({"export", "--format", "github-actions"}).code == 5);
  CHECK(home.read("runner") == "A=1\n");
  home.out_is_full = false;
  const Ran ran = home.run({"export", "--format", "github-actions"});
  CHECK(ran.code == 0);
  CHECK(ran.out == "::add-mask::made-up\n");
  CHECK(says(ran.err, "SHORT_TOKEN is too short to be hidden in the log"));
  const std::string text = home.read("runner");
  CHECK(text.find("A=1\n\nGITHUB_TOKEN<<mcpcred_") == 0);
  CHECK(says(text, "\nmade-up\nmcpcred_"));
  CHECK(says(text, "\nSHORT_TOKEN<<mcpcred_"));
}

TEST_CASE("export C6: names that run code are left out, one line each") {
  CliHome home;
  home.make_vault();
  for (const char* name : {"GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "SSH_ASKPASS", "https_proxy", "GIT_SSH_COMMAND"})
    REQUIRE(home.store(name, "made-up-value").code == 0);
  const Ran ran = home.run({"export", "--shell", "fish"});
  CHECK(ran.out == "set -gx AWS_SECRET_ACCESS_KEY 'made-up-value'\nset -gx GITHUB_TOKEN 'made-up-value'\n");
  for (const char* name : {"SSH_ASKPASS", "https_proxy", "GIT_SSH_COMMAND"})
    CHECK(says(ran.err, std::string("left out: ") + name));
}

}  // namespace mcpcred::test

namespace {

// Mostly what quoting is about, some letters, some bytes of any kind.
std::string random_value(std::mt19937& random) {
  constexpr std::string_view kPieces[] = {"'",  "\"",         "\\", "$",  "${A}", "$(b)", "`",  "#",
                                          " #", " ",          "\n", "\t", "=",    "A=",   ":",  "ab",
                                          "Z9", "export C=d", "ü",  "--", ";",    "\\n",  "\r", "_"};
  std::string value;
  for (auto left = std::uniform_int_distribution<std::size_t>(1, 12)(random); left > 0; --left)
    value += kPieces[std::uniform_int_distribution<std::size_t>(0, std::size(kPieces) - 1)(random)];
  return value;
}

}  // namespace

TEST_CASE("B5 what export writes as dotenv, five parsers read back the same") {
  const mcpcred::ExportSyntax& syntax = *mcpcred::find_export_syntax("dotenv");
  std::mt19937 random(20261124);
  int held = 0;
  int taken = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string text = random_value(random);
    const mcpcred::Secret value = mcpcred::Secret::copy_of(text);
    if (!syntax.can_hold(text)) continue;
    ++held;
    const std::vector<mcpcred::ExportItem> items = {{"FIRST", &value}, {"SECOND", &value}};
    const auto written = mcpcred::format_export(syntax, items);
    REQUIRE(written);
    const auto read = mcpcred::parse_dotenv(written->reveal(), std::nullopt);
    INFO(written->reveal());
    REQUIRE(read);
    // What may be a piece of a key that was pasted without quotes is refused: "=", a line "A=".
    if (!read->refused.empty()) continue;
    ++taken;
    REQUIRE(read->values.size() == 2);
    CHECK(read->values[0].value == value);
    CHECK(read->values[1].value == value);
  }
  CHECK(held > 2000);
  CHECK(taken > held * 9 / 10);
}
