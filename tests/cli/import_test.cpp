#include "catch.h"
#include "cli/harness.h"
#include "unit/check/token_maker.h"

namespace mcpcred::test {
namespace {

constexpr std::string_view kFile = "project/.env";

Ran import_file(CliHome& home, const std::string& text, std::vector<std::string> more = {}) {
  home.write(std::string(kFile), text);
  std::vector<std::string> words = {"import", home.path(std::string(kFile))};
  words.insert(words.end(), more.begin(), more.end());
  return home.run(words);
}

bool file_is_there(const CliHome& home) {
  return !home.read(std::string(kFile)).empty();
}

}  // namespace

TEST_CASE("import: variables of the catalog keep server and finding, others are plain, and nothing is shown") {
  CliHome home;
  home.make_vault();
  const std::string token = token_maker::github("ghp_");
  const Ran ran = import_file(home, "GITHUB_TOKEN=" + token + "\nOTHER_TOKEN='made up'\n");
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  CHECK(ran.out.empty());
  CHECK(says(ran.err, "GITHUB_TOKEN stored"));
  CHECK(says(ran.err, "checksum ok"));
  CHECK_FALSE(says(ran.err, token));
  CHECK_FALSE(says(ran.err, "made up"));
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == token);
  CHECK(home.run({"load", "OTHER_TOKEN"}).out == "made up");
  CHECK(says(home.run({"list", "--json"}).out, "\"github\""));
  CHECK(file_is_there(home));
}

TEST_CASE("import: settings go to their server as --set does, and a bad one is refused") {
  CliHome home;
  home.make_vault();
  const Ran ran = import_file(home, "AZURE_DEVOPS_PAT=made-up\nAZURE_DEVOPS_ORG=contoso\nSLACK_TEAM_ID='no team'\n");
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(says(ran.err, "AZURE_DEVOPS_ORG set for azure-devops"));
  CHECK(says(ran.err, "line 3, SLACK_TEAM_ID: not imported"));
  CHECK(says(home.read(CliHome::registry_file()), "contoso"));
  CHECK(home.run({"load", "AZURE_DEVOPS_ORG"}).code == 3);
}

TEST_CASE("import: a host that would redirect a stored secret needs the same yes as with store") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  REQUIRE(home.store("GITHUB_TOKEN", token_maker::github("ghp_")).code == 0);
  home.terminal = true;
  home.answers = {"no"};
  const Ran refused = import_file(home, "GITHUB_HOST=https://evil.example\n");
  INFO(refused.err);
  CHECK(refused.code == 4);
  CHECK_FALSE(says(home.read(CliHome::registry_file()), "evil.example"));
  home.terminal = false;
  const Ran unseen = import_file(home, "GITHUB_HOST=https://evil.example\n");
  INFO(unseen.err);
  CHECK(unseen.code == 2);
  CHECK(says(unseen.err, "GITHUB_HOST: not imported"));
  CHECK_FALSE(says(home.read(CliHome::registry_file()), "evil.example"));
}

TEST_CASE("import: an equal value is unchanged, another one needs --replace or a yes") {
  CliHome home;
  home.make_vault();
  REQUIRE(import_file(home, "A_TOKEN=one\nB_TOKEN=one\n").code == 0);
  CHECK(says(import_file(home, "A_TOKEN=one\n").err, "0 imported, 1 unchanged"));
  const Ran conflict = import_file(home, "A_TOKEN=two\nC_TOKEN=new\n");
  CHECK(conflict.code == 6);
  CHECK(says(conflict.err, "A_TOKEN"));
  CHECK(says(conflict.err, "--replace"));
  CHECK(home.run({"load", "A_TOKEN"}).out == "one");
  CHECK(home.run({"load", "C_TOKEN"}).code == 3);
  home.terminal = true;
  home.answers = {"n"};
  CHECK(import_file(home, "A_TOKEN=two\n").code == 4);
  home.answers = {"y"};
  CHECK(import_file(home, "A_TOKEN=two\n").code == 0);
  CHECK(home.run({"load", "A_TOKEN"}).out == "two");
  home.terminal = false;
  CHECK(import_file(home, "A_TOKEN=three\n", {"--replace"}).code == 0);
  CHECK(home.run({"load", "A_TOKEN"}).out == "three");
}

TEST_CASE("M1: an agent's shell is not told that a value equals a stored one, by import, store or check") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("DB_PASS", "hunter2").code == 0);
  const CliHome::Setting marker(home, "CLAUDECODE", "1");
  const Ran wrong = import_file(home, "DB_PASS=wrong\n");
  const Ran right = import_file(home, "DB_PASS=hunter2\n");
  INFO(right.err);
  CHECK(wrong.code == 6);
  CHECK(right.code == 6);
  CHECK(wrong.err == right.err);
  CHECK_FALSE(says(right.err, "stored already with another value"));
  const Ran again_wrong = import_file(home, "DB_PASS=wrong\n", {"--replace", "--json"});
  const Ran again_right = import_file(home, "DB_PASS=wrong\n", {"--replace", "--json"});
  CHECK(again_wrong.code == 0);
  CHECK(again_wrong.out == again_right.out);
  CHECK(again_wrong.err == again_right.err);
  for (const Ran& guess : {import_file(home, "Y_PASS=guess\nZ_PASS=wrong\n"), home.store("ZZ_PASS", "wrong"),
                           home.store("ZY_PASS", "wrong", {"--json"}), home.run({"check"}),
                           home.run({"check", "--json"}), home.run({"check", "--read"})}) {
    INFO(guess.out << guess.err);
    CHECK(guess.code == 0);
    CHECK_FALSE(says(guess.out + guess.err, "same value"));
    CHECK_FALSE(says(guess.out, "same_value\""));
    CHECK_FALSE(says(guess.out, "_as\": [\n"));
  }
  home.environment.erase("CLAUDECODE");
  CHECK(says(home.run({"check"}).out, "same value"));
  CHECK(says(home.store("ZX_PASS", "wrong", {"--json"}).out, "DB_PASS"));
}

TEST_CASE("import: lines that are refused leave the others imported, empty ones are skipped") {
  CliHome home;
  home.make_vault();
  const Ran ran = import_file(home, "GOOD=x\nBAD=\"a\\tb$C\"\nEMPTY=\n");
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK(says(ran.err, "line 2, BAD: not imported"));
  CHECK(says(ran.err, "line 3, EMPTY: skipped"));
  CHECK(home.run({"load", "GOOD"}).out == "x");
  CHECK(home.run({"load", "BAD"}).code == 3);
  const Ran node = import_file(home, "BAD=\"a\\tb$C\"\n", {"--dialect", "node"});
  CHECK(node.code == 0);
  CHECK(home.run({"load", "BAD"}).out == "a\\tb$C");
}

TEST_CASE("import: only the names asked for; one that is not there stores nothing") {
  CliHome home;
  home.make_vault();
  CHECK(import_file(home, "A_TOKEN=one\nB_TOKEN=two\n", {"B_TOKEN"}).code == 0);
  CHECK(home.run({"load", "A_TOKEN"}).code == 3);
  CHECK(home.run({"load", "B_TOKEN"}).out == "two");
  CHECK(import_file(home, "A_TOKEN=one\n", {"A_TOKEN", "Z_TOKEN"}).code == 3);
  CHECK(home.run({"load", "A_TOKEN"}).code == 3);
}

TEST_CASE("O5: --remove removes the file only when every value of it came back from the store") {
  CliHome home;
  home.make_vault();
  for (const std::string text : {"A_TOKEN=one\nBAD=\"$C\"\n", "A_TOKEN=one\nEMPTY=\n"}) {
    const Ran kept = import_file(home, text, {"--remove"});
    INFO(kept.err);
    CHECK(kept.code == 6);
    CHECK(says(kept.err, "the file was not removed"));
    CHECK(file_is_there(home));
  }
  CHECK(import_file(home, "A_TOKEN=one\nB_TOKEN=two\n", {"--remove", "A_TOKEN"}).code == 6);
  CHECK(file_is_there(home));
  const Ran removed = import_file(home, "A_TOKEN=one\nB_TOKEN=two\n", {"--remove"});
  INFO(removed.err);
  CHECK(removed.code == 0);
  CHECK(says(removed.err, "may still hold"));
  CHECK_FALSE(std::filesystem::exists(home.path(std::string(kFile))));
  CHECK(home.run({"load", "B_TOKEN"}).out == "two");
}

TEST_CASE("O5: --remove leaves a file of which a value is stored nowhere") {
  CliHome home;
  home.make_vault();
  for (const std::string text : {"D1=first-value\nD1=second\n", "D1=x\n#OLD=keepme\n",
                                 "D1=x\n  ## export OLD = keepme\n", "D1=first-value\nD1=second\n#OLD=keepme\n"}) {
    const Ran kept = import_file(home, text, {"--remove", "--replace"});
    INFO(text << kept.err);
    CHECK(kept.code == 6);
    CHECK(says(kept.err, "the file was not removed"));
    CHECK(says(kept.err, "of its lines not imported (a"));
    CHECK_FALSE(says(kept.err, "keepme"));
    CHECK_FALSE(says(kept.err, "first-value"));
    CHECK(file_is_there(home));
  }
  const Ran comment = import_file(home, "D1=x\n# OLD=keepme\n", {"--remove", "--replace"});
  CHECK(says(comment.err, "1 of its lines not imported (a comment that holds a value)"));
  CHECK(says(comment.err, "line 2, OLD: a comment that holds a value"));
  CHECK(says(import_file(home, "D1=a\nD1=x\n# OLD=keepme\n", {"--remove", "--replace"}).err,
             "2 of its lines not imported (a later line gives another value; a comment that holds a value)"));
  CHECK(import_file(home, "# " + token_maker::github("ghp_") + "\nD1=x\n", {"--remove"}).code == 6);
  const Ran removed = import_file(home, "# a sign = no value\n#EMPTY=\n# ====\nD1=x\nD1=x\n", {"--remove"});
  INFO(removed.err);
  CHECK(removed.code == 0);
  CHECK_FALSE(std::filesystem::exists(home.path(std::string(kFile))));
}

TEST_CASE("import: names that decide what programs run are stored, and it is said that export leaves them out") {
  CliHome home;
  home.make_vault();
  const Ran ran = import_file(home, "NODE_OPTIONS=--made-up\nA_TOKEN=x\nHTTP_PROXY=y\n");
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(says(ran.err, "stored, but `export` leaves them out: NODE_OPTIONS, HTTP_PROXY"));
  CHECK(home.run({"load", "NODE_OPTIONS"}).out == "--made-up");
  CHECK_FALSE(says(import_file(home, "B_TOKEN=x\n").err, "leaves them out"));
}

TEST_CASE("import: a folder gets no hint to pipe it in") {
  CliHome home;
  home.make_vault();
  std::filesystem::create_directories(home.path("project"));
  const Ran ran = home.run({"import", home.path("project")});
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK_FALSE(says(ran.err, "pipe it in"));
  CHECK(says(ran.err, "name a file in it"));
}

TEST_CASE("O5: --remove tells of git") {
  CliHome home;
  home.make_vault();
  std::filesystem::create_directories(home.path("project/.git"));
  CHECK(says(import_file(home, "A_TOKEN=one\n", {"--remove"}).err, "git work tree"));
}

TEST_CASE("import: JSON, standard input, and what --json says of it") {
  CliHome home;
  home.make_vault();
  home.standard_input = "{\"A_TOKEN\": \"one\", \"N\": 3}";
  const Ran ran = home.run({"import", "-", "--json"});
  INFO(ran.out);
  CHECK(ran.code == 2);
  CHECK(says(ran.out, "\"schema\": 1"));
  CHECK(says(ran.out, "\"variable\": \"A_TOKEN\""));
  CHECK(says(ran.out, "not a text"));
  CHECK_FALSE(says(ran.out, "\"one\""));
  CHECK(home.run({"load", "A_TOKEN"}).out == "one");
  CHECK(home.run({"import", "-", "--remove"}).code == 2);
  home.standard_input = "{\"A\": \"1\", \"A\": \"2\"}";
  CHECK(home.run({"import", "-"}).code == 2);
  CHECK(home.run({"import", home.path("nowhere.env")}).code == 3);
}

TEST_CASE("import: what cannot be a variable, or looks like a secret, is no name") {
  CliHome home;
  home.make_vault();
  const std::string token = token_maker::github("ghp_");
  const Ran ran = import_file(home, token + "=x\n1A=y\ngithub_token=z\n");
  INFO(ran.err);
  CHECK(ran.code == 2);
  CHECK_FALSE(says(ran.err, token));
  CHECK(says(ran.err, "3 refused"));
  CHECK(home.run({"list"}).code != 70);
}

TEST_CASE("import: a read-only store is told before anything is read from the person") {
  CliHome home;
  const Ran ran = import_file(home, "A_TOKEN=one\n", {"--store", "env"});
  INFO(ran.err);
  CHECK(ran.code == 4);
  CHECK(says(ran.err, "read"));
}

}  // namespace mcpcred::test
