#include "catch.h"
#include "cli/harness.h"
#include "unit/check/token_maker.h"

namespace mcpcred::test {

TEST_CASE("store: a token from standard input is described, scheduled and loaded back") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  const std::string token = token_maker::github("ghp_");
  const Ran stored = home.store("github", token + "\n");
  INFO(stored.err);
  REQUIRE(stored.code == 0);
  CHECK(stored.out.empty());
  CHECK(says(stored.err, "checksum ok"));
  CHECK(says(stored.err, "rotate before 2027-02-22"));
  CHECK(says(stored.err, "mcpcred run github"));
  CHECK_FALSE(says(stored.err, token));
  CHECK(home.run({"load", "github"}).out == token);
  CHECK(home.run({"load", "GITHUB_TOKEN"}).out == token);
}

TEST_CASE("store: the prompt names the credential, its scopes and the page to make it") {
  CliHome home;
  home.make_vault();
  home.terminal = true;
  home.answers = {token_maker::github("ghp_")};
  const Ran stored = home.run({"store", "github"});
  INFO(stored.err);
  REQUIRE(stored.code == 0);
  CHECK(says(stored.err, "GitHub needs one credential, GITHUB_TOKEN"));
  CHECK(says(stored.err, "scopes repo, workflow, read:org"));
  CHECK(says(stored.err, "https://github.com/settings/"));
  CHECK(home.questions == std::vector<std::string>{"GITHUB_TOKEN (not shown): "});
}

TEST_CASE("store: a needed companion is asked for, and a wrong one refused") {
  CliHome home;
  home.make_vault();
  home.terminal = true;
  home.answers = {"contoso", "made-up"};
  const Ran stored = home.run({"store", "azure-devops"});
  REQUIRE(stored.code == 0);
  CHECK(home.questions.size() == 2);
  CHECK(says(stored.err, "https://dev.azure.com/contoso/"));
  const Ran wrong = home.run({"store", "github", "--set", "GITHUB_HOST=http://no tls"});
  CHECK(wrong.code == 2);
  const Ran unknown = home.run({"store", "github", "--set", "NO_SUCH=1"});
  CHECK(unknown.code == 2);
  CHECK(says(unknown.err, "GITHUB_HOST"));
}

TEST_CASE("store: what is there is replaced only on --replace, --yes or a yes") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("SOME_TOKEN", "first").code == 0);
  const Ran again = home.store("SOME_TOKEN", "second");
  CHECK(again.code == 6);
  CHECK(says(again.err, "--replace"));
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "first");
  REQUIRE(home.store("SOME_TOKEN", "second", {"--replace"}).code == 0);
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "second");
  home.terminal = true;
  home.answers = {"n"};
  CHECK(home.run({"store", "SOME_TOKEN"}).code == 4);
  home.answers = {"y", "third"};
  CHECK(home.run({"store", "SOME_TOKEN"}).code == 0);
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "third");
}

TEST_CASE("store: one line end is dropped, --exact keeps every byte") {
  CliHome home;
  home.make_vault();
  const auto round_trip = [&](const std::string& value, std::vector<std::string> more) {
    more.push_back("--replace");
    REQUIRE(home.store("SOME_TOKEN", value, more).code == 0);
    return home.run({"load", "SOME_TOKEN"}).out;
  };
  CHECK(round_trip("a\n", {}) == "a");
  CHECK(round_trip("a\r\n", {}) == "a");
  CHECK(round_trip("a\n\n", {}) == "a\n");
  CHECK(round_trip("a\r", {}) == "a\r");
  CHECK(round_trip("a\n", {"--exact"}) == "a\n");
  CHECK(round_trip(std::string("a\0b", 3), {"--exact"}) == std::string("a\0b", 3));
  CHECK(round_trip(std::string(65536, 'x') + "\n", {}).size() == 65536);
}

TEST_CASE("store: values from the environment and from a file") {
  CliHome home;
  home.make_vault();
  home.environment["GIVEN"] = "from the environment";
  REQUIRE(home.run({"store", "SOME_TOKEN", "--from-env", "GIVEN"}).code == 0);
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "from the environment");
  home.write("value", "from a file\n");
  REQUIRE(home.run({"store", "SOME_TOKEN", "--from-file", home.path("value"), "--replace"}).code == 0);
  CHECK(home.run({"load", "SOME_TOKEN"}).out == "from a file");
  CHECK(home.run({"store", "SOME_TOKEN", "--from-env", "NOT_SET", "--replace"}).code == 3);
  CHECK(home.run({"store", "SOME_TOKEN", "--from-file", home.path("absent"), "--replace"}).code == 3);
  CHECK(home.run({"store", "SOME_TOKEN", "--from-file", home.path("value"), "--stdin"}).code == 2);
}

TEST_CASE("store: wrong kinds and bad checksums are told and stored all the same") {
  CliHome home;
  home.make_vault();
  std::string token = token_maker::github("ghp_");
  token.back() = token.back() == 'a' ? 'b' : 'a';
  const Ran bad = home.store("github", token);
  CHECK(bad.code == 0);
  CHECK(says(bad.err, "checksum of this"));
  const Ran wrong = home.store("posthog", "phc_" + std::string(43, 'a'));
  CHECK(wrong.code == 0);
  CHECK(says(wrong.err, "mcpcred: warning: POSTHOG_API_KEY"));
}

TEST_CASE("store A13: a secret on the command line is refused and never repeated") {
  CliHome home;
  home.make_vault();
  const std::string token = token_maker::github("ghp_");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"store", "github", token},
                                                {"store", token},
                                                {"store", "--" + token},
                                                {"store", "github", "--token=" + token},
                                                {token},
                                                {"load", token},
                                                {"store", "xoxb-" + std::string(30, '1')}}) {
    const Ran ran = home.run(words);
    INFO(ran.err);
    CHECK(ran.code == 2);
    CHECK_FALSE(says(ran.err + ran.out, token));
    CHECK_FALSE(says(ran.err + ran.out, std::string(20, '1')));
  }
  CHECK(says(home.run({"store", "github", token}).err, "--stdin"));
  CHECK(home.run({"list"}).out.empty());
}

TEST_CASE("store: names that cannot be, and names that are nearly right") {
  CliHome home;
  home.make_vault();
  const Ran typo = home.store("gihtub", "x");
  CHECK(typo.code == 2);
  CHECK(says(typo.err, "did you mean github?"));
  for (const char* name :
       {"../../etc/x", "/abs", "~/x", "C:\\x", "a//b", "GITHUB-TOKEN", "A B", "", "1ABC", "A\x01", "Ä"})
    CHECK(home.store(name, "x").code == 2);
  CHECK(home.store(std::string(256, 'A'), "x").code == 2);
  CHECK(home.store(std::string(255, 'A'), "x").code == 0);
  CHECK(home.store("github_token", "x").code == 2);
  CHECK(home.store("$lowercase", "x").code == 0);
  CHECK(home.run({"load", "$lowercase"}).out == "x");
  CHECK(home.store("SOME_TOKEN", "x", {"--account", "../x"}).code == 2);
  CHECK(home.store("SOME_TOKEN", "x", {"--account", "work"}).code == 0);
  CHECK(home.store("SOME_TOKEN", "x", {"--account", "Work"}).code == 2);
}

TEST_CASE("store: empty and too large values, and no one to ask") {
  CliHome home;
  home.make_vault();
  CHECK(home.store("SOME_TOKEN", "").code == 2);
  CHECK(home.store("SOME_TOKEN", "\n").code == 2);
  CHECK(home.store("SOME_TOKEN", std::string(65537, 'x')).code == 2);
  const Ran nobody = home.run({"store", "github"});
  CHECK(nobody.code == 2);
  CHECK(says(nobody.err, "--stdin"));
  CHECK(home.store("aws", "x").code == 2);  // two variables, one value
  CHECK(home.store("SOME_TOKEN", "x", {"--expires", "2027-02-30"}).code == 2);
  CHECK(home.run({"list"}).out.empty());
}

TEST_CASE("store: where a secret would go is not settled by what stood there before") {
  CliHome home;
  home.make_vault();
  const std::string docker = home.add_program("docker");
  const Ran prepared = home.run({"store", "github", "--set", "GITHUB_HOST=https://github.example"});
  CHECK(prepared.code == 0);
  CHECK(says(prepared.err, "GITHUB_HOST set"));
  const Ran stored = home.store("github", token_maker::github("ghp_"));
  CHECK(stored.code == 0);
  CHECK(says(stored.err, "GITHUB_HOST=https://github.example, which was set before"));
  CHECK(says(stored.err, "mcpcred approve github"));
  CHECK(home.run({"run", "github"}).code == 4);

  home.terminal = true;
  home.answers = {"yes"};
  const Ran confirmed = home.store("github", token_maker::github("ghp_"), {"--replace"});
  CHECK(confirmed.code == 0);
  CHECK(says(home.questions.back(), "GITHUB_HOST=https://github.example"));
  CHECK(says(confirmed.err, "may be received by: " + docker + " run"));
}

TEST_CASE("store: an entry from the servers folder waits for a person, before and after the secret came") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  home.add_program("my-server");
  REQUIRE(home.store("github", token_maker::github("ghp_")).code == 0);
  home.write(CliHome::entry_file("github"), R"({"launch":[{"id":"mine","package":"my-server","command":"my-server",)"
                                            R"("args":[],"env":[{"name":"GITHUB_TOKEN","from":"GITHUB_TOKEN"}]}]})");
  const Ran shown = home.run({"catalog", "show", "github"});
  INFO(shown.err);
  REQUIRE(says(shown.out, "my-server"));
  CHECK(home.run({"run", "github"}).code == 4);
  const Ran again = home.store("github", token_maker::github("ghp_"), {"--replace"});
  CHECK(again.code == 0);
  CHECK(says(again.err, "servers folder"));
  CHECK(home.run({"run", "github"}).code == 4);
}

TEST_CASE("store M12: a host is put before a stored secret only by the person at the terminal") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", token_maker::github("ghp_")).code == 0);
  const std::vector<std::string> redirect = {"store", "github", "--set", "GITHUB_HOST=https://github.example"};
  CHECK(home.run(redirect).code == 4);
  home.terminal = true;
  home.answers = {"no"};
  CHECK(home.run(redirect).code == 4);
  home.answers = {"yes"};
  CHECK(home.run(redirect).code == 0);
}

}  // namespace mcpcred::test
