#include "catch.h"
#include "cli/harness.h"

using mcpcred::test::CliHome;
using mcpcred::test::Ran;
using mcpcred::test::says;

namespace {

constexpr const char* kToken = "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";
constexpr const char* kBadToken = "ghp_EXAMPLEexampleEXAMPLEexample002dPYod";
constexpr const char* kSlackToken = "xoxb-123456789012-123456789012-EXAMPLEexampleEXAMPLEexa";

// A home with a vault and a person, whose shell has the block already: nothing is asked about it.
struct SetupHome : CliHome {
  SetupHome() {
    make_vault();
    terminal = true;
    environment["SHELL"] = "/bin/zsh";
    run({"shell", "install"});
  }

  Ran answer(std::deque<std::string> typed, std::vector<std::string> words = {"setup"}) {
    answers = std::move(typed);
    questions.clear();
    return run(std::move(words));
  }
};

}  // namespace

TEST_CASE("setup: servers by name and number, each stored as it is entered, and read back") {
  SetupHome home;
  const Ran ran = home.answer({"github slack", kToken, "T01234567", kSlackToken});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(ran.out.empty());
  CHECK(home.answers.empty());
  CHECK(says(ran.err, "Create one: https://github.com/settings/tokens/new"));
  CHECK(says(ran.err, "made for MCP, not your personal"));
  CHECK(says(ran.err, "checksum ok"));
  CHECK(says(ran.err, "values read"));
  CHECK(says(ran.err, "done: 2 stored"));
  CHECK_FALSE(says(ran.err, kToken));
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kToken);
  CHECK(home.run({"load", "SLACK_TOKEN"}).out == kSlackToken);
}

TEST_CASE("setup: a choice that is no server is asked for again, with the nearest one") {
  SetupHome home;
  const Ran ran = home.answer({"gihtub", "99", ""});
  CHECK(ran.code == 0);
  CHECK(says(ran.err, "github"));
  CHECK(says(ran.err, "no number 99"));
  CHECK(home.questions.size() == 3);
  CHECK(says(ran.err, "nothing is stored yet"));
}

TEST_CASE("setup: all shows the servers beyond the guide's") {
  SetupHome home;
  const Ran ran = home.answer({"all", ""});
  CHECK(says(ran.err, "composio"));
  CHECK(says(ran.err, "huggingface"));
  CHECK_FALSE(says(home.answer({""}).err, "huggingface"));
}

TEST_CASE("setup: a value that its checksum denies is asked about before it is stored") {
  SetupHome home;
  const Ran ran = home.answer({kBadToken, "n", kToken}, {"setup", "github"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(says(home.questions[1], "the checksum does not fit"));
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kToken);
}

TEST_CASE("setup: a second try asks for the secret alone") {
  SetupHome home;
  const Ran ran = home.answer({"T01234567", "", "y", kSlackToken}, {"setup", "slack"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(home.questions.size() == 4);
  CHECK(home.run({"load", "SLACK_TOKEN"}).out == kSlackToken);
}

TEST_CASE("setup: a doubtful value is stored on a yes") {
  SetupHome home;
  CHECK(home.answer({kBadToken, "y"}, {"setup", "github"}).code == 0);
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kBadToken);
}

TEST_CASE("setup: nothing entered passes a server over, and what is stored is kept without a yes") {
  SetupHome home;
  CHECK(says(home.answer({"", "n"}, {"setup", "github"}).err, "nothing is stored yet"));
  home.store("github", kToken);
  const Ran ran = home.answer({"n"}, {"setup", "github"});
  CHECK(ran.code == 0);
  CHECK(says(ran.err, "1 left as they were"));
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kToken);
}

TEST_CASE("setup: stopped, it has kept what was entered, and goes on there") {
  SetupHome home;
  const Ran stopped = home.answer({"github slack", kToken});  // the person is gone at the second prompt
  CHECK(stopped.code == 130);
  CHECK(says(stopped.err, "what it stored before that stays"));
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kToken);

  const Ran ran = home.answer({"", "T01234567", kSlackToken});
  INFO(ran.err);
  CHECK(ran.code == 0);
  REQUIRE_FALSE(home.questions.empty());
  CHECK(says(home.questions.front(), "Go on with what was left last time: slack"));
  CHECK(home.run({"load", "SLACK_TOKEN"}).out == kSlackToken);
  CHECK_FALSE(says(home.answer({""}).err, "last time"));
}

TEST_CASE("setup: the block of the profile and the client's entry come on a yes each, and not without") {
  SetupHome home;
  home.run({"shell", "uninstall"});
  home.write("home/.zshrc", "alias ll='ls -l'\n");
  home.write("home/.claude.json", "{}");
  const Ran without = home.answer({kToken, "n", "n"}, {"setup", "github"});
  INFO(without.err);
  CHECK(without.code == 0);
  CHECK(home.read("home/.zshrc") == "alias ll='ls -l'\n");
  CHECK(says(without.err, "mcpcred shell install"));
  CHECK_FALSE(says(without.err, "\"mcpServers\""));

  const Ran with = home.answer({"n", "y", "y"}, {"setup", "github"});
  INFO(with.err);
  CHECK(with.code == 0);
  CHECK(says(home.read("home/.zshrc"), "export --no-prompt"));
  CHECK(says(with.err, "\"mcpServers\""));
  CHECK(says(with.err, "\"args\""));
  CHECK(home.read("home/.claude.json") == "{}");

  const Ran again = home.answer({"n", "n"}, {"setup", "github"});
  CHECK(says(again.err, "load them already"));
}

TEST_CASE("setup: numbers and ranges of the list") {
  SetupHome home;
  CHECK(says(home.answer({"0", "5-3", "1-99", "-", ""}).err, "there is no number 5-3 in the list"));
  CHECK(home.questions.size() == 5);
  home.answer({"5-6"});  // Figma and GitHub, by the order of the list
  REQUIRE(home.questions.size() == 2);
  CHECK(says(home.questions.back(), "FIGMA_TOKEN"));
}

TEST_CASE("setup: what it was stopped before is asked for under the same account alone") {
  SetupHome home;
  const Ran stopped = home.answer({"figma"}, {"setup", "--account", "work"});
  CHECK(says(stopped.err, "to go on: mcpcred setup --account work"));
  home.answer({""});
  CHECK_FALSE(says(home.questions.front(), "last time"));
  home.answer({"figma"}, {"setup", "--account", "work"});
  home.answer({"n", ""}, {"setup", "--account", "work"});
  CHECK(says(home.questions.front(), "last time: figma"));
}

TEST_CASE("setup: entries and load lines carry the folder and the account that were given") {
  SetupHome home;
  home.run({"shell", "uninstall"});
  home.write("home/.claude.json", "{}");
  const std::string folder = home.path("moved");
  REQUIRE(home.run({"vault", "init", "--data-dir", folder, "--key-file", home.path("moved.key")}).code == 0);
  const Ran ran = home.answer({kToken, "n", "y"}, {"setup", "github", "--data-dir", folder, "--account", "work"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(says(ran.err, "\"--data-dir\""));
  CHECK(says(ran.err, "\"work\""));
  CHECK(says(ran.err, "mcpcred export --account work --data-dir"));
}

TEST_CASE("setup: a vault whose making was killed is finished before anything is asked") {
  SetupHome home;
  // As a kill between the vault and the registry leaves it.
  std::filesystem::remove(home.path(CliHome::registry_file()));
  const Ran ran = home.answer({kToken}, {"setup", "github"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kToken);

  std::filesystem::remove(home.path(CliHome::registry_file()));
  const Ran lost = home.answer({}, {"setup", "github"});
  CHECK(lost.code == 6);
  CHECK(home.questions.empty());
  CHECK(says(lost.err, "registry that goes with it is gone"));
}

TEST_CASE("setup: without a terminal it says how scripts do it") {
  SetupHome home;
  home.terminal = false;
  const Ran ran = home.run({"setup"});
  CHECK(ran.code == 2);
  CHECK(says(ran.err, "--names FILE"));
}

TEST_CASE("setup --names: values from standard input, in the order of the names") {
  SetupHome home;
  home.terminal = false;
  home.write("names", "# what we use\n\ngithub\r\n  MY_TOKEN\n");
  home.standard_input = std::string(kToken) + "\r\nsecond\n";
  const Ran ran = home.run({"setup", "--names", home.path("names"), "--stdin"});
  INFO(ran.err);
  CHECK(ran.code == 0);
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == kToken);
  CHECK(home.run({"load", "MY_TOKEN"}).out == "second");

  const Ran again = home.run({"setup", "--names", home.path("names"), "--stdin"});
  CHECK(again.code == 0);
  CHECK(says(again.err, "MY_TOKEN is stored already with this value"));

  home.standard_input = std::string(kToken) + "\nthird\n";
  const Ran other = home.run({"setup", "--names", home.path("names"), "--stdin"});
  CHECK(other.code == 6);
  CHECK(says(other.err, "MY_TOKEN"));
  CHECK_FALSE(says(other.err, "GITHUB_TOKEN"));
  CHECK(home.run({"load", "MY_TOKEN"}).out == "second");
  CHECK(home.run({"setup", "--names", home.path("names"), "--stdin", "--replace"}).code == 0);
  CHECK(home.run({"load", "MY_TOKEN"}).out == "third");
}

TEST_CASE("setup --names: values from the environment, a server's variables together") {
  SetupHome home;
  home.terminal = false;
  home.write("names", "aws\n");
  home.environment["AWS_ACCESS_KEY_ID"] = "AKIAEXAMPLEEXAMPLE12";
  const Ran half = home.run({"setup", "--names", home.path("names"), "--from-env"});
  CHECK(half.code == 3);
  CHECK(says(half.err, "AWS_SECRET_ACCESS_KEY is not set"));
  CHECK(says(home.run({"list"}).err, "nothing is stored"));
  home.environment["AWS_SECRET_ACCESS_KEY"] = "made/up/made/up/made/up/made/up/made/up1";
  CHECK(home.run({"setup", "--names", home.path("names"), "--from-env"}).code == 0);
  CHECK(home.run({"load", "AWS_ACCESS_KEY_ID"}).out == "AKIAEXAMPLEEXAMPLE12");
}

TEST_CASE("setup --names: what does not fit together stores nothing") {
  SetupHome home;
  home.terminal = false;
  const auto refused = [&](const std::string& names, const std::string& values, std::string_view why) {
    home.write("names", names);
    home.standard_input = values;
    const Ran ran = home.run({"setup", "--names", home.path("names"), "--stdin"});
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK(says(ran.err, why));
    CHECK(says(home.run({"list"}).err, "nothing is stored"));
  };
  refused("github\nMY_TOKEN\n", "only-one\n", "1 lines for 2 names");
  refused("MY_TOKEN\n", "one\ntwo\n", "more lines");
  refused("MY_TOKEN\n", "\n", "empty");
  refused("aws\n", "x\n", "several variables");
  refused("MY_TOKEN\nGITHUB_TOKEN=ghp_x\n", "a\nb\n", "names:2");
  refused("MY_TOKEN\nMY_TOKEN\n", "a\nb\n", "twice");
  refused("# nothing\n", "a\n", "names nothing");
}
