#include "catch.h"
#include "cli/harness.h"

namespace mcpcred::test {
namespace {

struct ShellHome : CliHome {
  ShellHome() {
    make_vault();
    REQUIRE(store("A_TOKEN", "kept-here").code == 0);
  }
};

}  // namespace

TEST_CASE("check --shell: set, unset and different, and never a character of a value") {
  ShellHome home;
  const Ran unset = home.run({"check", "--shell"});
  INFO(unset.out << unset.err);
  CHECK(unset.code == 0);
  CHECK(says(unset.out, "SHELL"));
  CHECK(says(unset.out, "unset"));
  CHECK(home.run({"check", "--shell", "--fail-on", "warning"}).code == 1);
  {
    const CliHome::Setting variable(home, "A_TOKEN", "kept-here");
    const Ran set = home.run({"check", "--shell", "--fail-on", "warning", "--json"});
    CHECK(set.code == 0);
    CHECK(says(set.out, "\"shell\": \"set\""));
    CHECK_FALSE(says(set.out + set.err, "kept"));
  }
  const CliHome::Setting variable(home, "A_TOKEN", "kept-herf");
  const Ran different = home.run({"check", "--shell", "--json"});
  CHECK(different.code == 1);
  CHECK(says(different.out, "\"shell\": \"different\""));
  CHECK(says(different.out, "shell_different"));
  CHECK_FALSE(says(different.out + different.err, "kept"));
  CHECK_FALSE(says(home.run({"check"}).out, "SHELL"));
}

TEST_CASE("check --shell: what a named server needs and nobody stored is unset, or set by somebody else") {
  ShellHome home;
  CHECK(says(home.run({"check", "--shell", "github", "--json"}).out, "\"shell\": \"unset\""));
  const CliHome::Setting variable(home, "GITHUB_TOKEN", "made-up");
  CHECK(says(home.run({"check", "--shell", "github", "--json"}).out, "\"shell\": \"set\""));
}

TEST_CASE("check --shell: the text says of a variable what its severity says, and why") {
  ShellHome home;
  REQUIRE(home.store("B_TOKEN", "kept-here").code == 0);
  const CliHome::Setting variable(home, "A_TOKEN", "another");
  const Ran ran = home.run({"check", "--shell"});
  INFO(ran.out);
  CHECK(ran.code == 1);
  CHECK(says(ran.out, "1 different · 1 warning"));
  CHECK_FALSE(says(ran.out, " ok"));
  CHECK(says(ran.out, "another value than the store (a new shell has the stored one"));
  // Both are warnings of the same row.
  CHECK(says(ran.out, "the same value is stored as A_TOKEN; this environment does not have it (eval"));
}

TEST_CASE("M1: check --shell is no way for an agent to try values") {
  ShellHome home;
  const CliHome::Setting marker(home, "CLAUDE_CODE_CHILD_SESSION", "1");
  const CliHome::Setting variable(home, "A_TOKEN", "kept-here");
  const Ran refused = home.run({"check", "--shell"});
  CHECK(refused.code == 4);
  CHECK(refused.out.empty());
  CHECK(home.run({"check"}).code == 0);
}

}  // namespace mcpcred::test
