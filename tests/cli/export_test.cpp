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

}  // namespace mcpcred::test
