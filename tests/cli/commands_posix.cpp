#include "catch.h"
#include "cli/harness.h"
#include "unit/check/token_maker.h"

// What depends on modes of files and on variables that only POSIX has.
namespace mcpcred::test {

TEST_CASE("app G7: a relative HOME is refused") {
  CliHome home;
  home.environment["HOME"] = "relative/home";
  CHECK(home.run({"list"}).code == 2);
}

// On Windows and macOS the system's store is always there.
TEST_CASE("export --no-prompt C8: a store that was never set up says one line") {
  CliHome home;
  home.terminal = true;
  const Ran ran = home.run({"export", "--no-prompt", "--shell", "bash"});
  CHECK(ran.code == 5);
  CHECK(ran.out.empty());
  CHECK(ran.err.find("mcpcred: warning: nothing was exported: no store is set up yet") == 0);
  CHECK(ran.err.find('\n') == ran.err.size() - 1);
  CHECK(home.questions.empty());
}

TEST_CASE("import O5: --remove does not follow a link") {
  CliHome home;
  home.make_vault();
  home.write("real.env", "A_TOKEN=one\n");
  std::filesystem::create_symlink(home.path("real.env"), home.path("link.env"));
  CHECK(home.run({"import", home.path("link.env"), "--remove"}).code == 2);
  CHECK(home.read("real.env") == "A_TOKEN=one\n");
  CHECK(home.run({"import", home.path("link.env")}).code == 0);
}

TEST_CASE("import: a file that others can read is warned of, with what to type") {
  CliHome home;
  home.make_vault();
  home.write("open file.env", "A_TOKEN=one\n");
  std::filesystem::permissions(home.path("open file.env"), std::filesystem::perms(0644));
  const Ran ran = home.run({"import", home.path("open file.env")});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(says(ran.err, "can be read by other users"));
  CHECK(says(ran.err, "hint: chmod 600 '" + home.path("open file.env") + "'"));
}

TEST_CASE("check: files that others can read are found") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  std::filesystem::permissions(home.path(CliHome::vault_file()), std::filesystem::perms(0644));
  const Ran ran = home.run({"check"});
  CHECK(ran.code == 1);
  CHECK(says(ran.out, "chmod 600"));
}

TEST_CASE("check: a key file that cannot be used is an error") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", token_maker::github("ghp_")).code == 0);
  CHECK(home.run({"check"}).code == 0);
  std::filesystem::permissions(home.path("key"), std::filesystem::perms(0644));
  CHECK(home.run({"check"}).code == 1);
}

TEST_CASE("store: the file of another registry changes nothing that is stored") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  REQUIRE(home.store("github", token_maker::github("ghp_")).code == 0);
  home.environment["XDG_STATE_HOME"] = home.path("evil");
  CHECK(home.run({"store", "github", "--set", "GITHUB_HOST=https://evil.example"}).code == 6);
  CHECK(home.store("github", token_maker::github("ghp_"), {"--replace"}).code == 6);
  CHECK(home.run({"run", "github"}).code != 0);
}

TEST_CASE("vault: modes that are too wide are refused with the command that mends them") {
  CliHome home;
  home.make_vault();
  std::filesystem::permissions(home.path("key"), std::filesystem::perms(0444));
  const Ran key = home.run({"load", "SOME_TOKEN"});
  CHECK(key.code == 4);
  CHECK(says(key.err, "chmod"));
  std::filesystem::permissions(home.path("key"), std::filesystem::perms(0400));
  std::filesystem::permissions(home.path("home/.local/share/mcpcred"), std::filesystem::perms(0755));
  const Ran folder = home.run({"load", "SOME_TOKEN"});
  CHECK(folder.code == 4);
  CHECK(says(folder.err, "chmod 700"));
}

// Windows always has one.
TEST_CASE("store: without a store the ways on are named") {
  CliHome home;
  const Ran ran = home.store("github", "x");
  CHECK(ran.code == 5);
  CHECK(says(ran.err, "mcpcred vault init --passphrase"));
  CHECK(says(ran.err, "mcpcred vault init --key-file"));
  CHECK(home.run({"--store", "keychains", "list"}).code == 2);
  CHECK(home.store("github", "x", {"--store", "keychains"}).code == 2);
  CHECK(home.store("github", "x", {"--store", "env"}).code == 4);
}

}  // namespace mcpcred::test
