#include <algorithm>

#include "catch.h"
#include "cli/harness.h"

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

TEST_CASE("export --no-prompt C8: a store that was never set up says one line") {
  CliHome home;
  home.terminal = true;
  check_one_line(home.run({"export", "--no-prompt", "--shell", "bash"}), 5, "no store is set up yet");
  CHECK(home.questions.empty());
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
