#include <nlohmann/json.hpp>

#include "catch.h"
#include "cli/harness.h"
#include "unit/check/token_maker.h"

namespace mcpcred::test {
namespace {

using nlohmann::json;

}  // namespace

TEST_CASE("app: version, help, and command lines that are not understood") {
  CliHome home;
  CHECK(home.run({"--version"}).out.find("mcpcred ") == 0);
  CHECK(says(home.run({"--help"}).out, "usage: mcpcred COMMAND"));
  const Ran help = home.run({"store", "--help"});
  CHECK(help.code == 0);
  CHECK(says(help.out, "--from-env"));
  CHECK(home.run({}).code == 2);
  const Ran typo = home.run({"stroe", "github"});
  CHECK(typo.code == 2);
  CHECK(says(typo.err, "did you mean: mcpcred store"));
  CHECK(home.run({"store"}).code == 2);
  CHECK(home.run({"vault"}).code == 2);
  CHECK(says(home.run({"vault", "nonsense"}).err, "init, unlock"));
  CHECK(home.run({"list", "--no-such-option"}).code == 2);
  CHECK(home.run({"list", "--", "x"}).code == 2);
  CHECK(home.run({"--color", "sometimes", "list"}).code == 2);
  CHECK(home.run({"--json", "list"}).code == 0);
}

TEST_CASE("app: every refusal is one error line with a hint and nothing on stdout") {
  CliHome home;
  home.make_vault();
  for (const std::vector<std::string>& words : {std::vector<std::string>{"load", "github"},
                                                {"load", "nothing"},
                                                {"run", "github"},
                                                {"delete", "github"},
                                                {"check"},
                                                {"vault", "init", "--key-file", "x"},
                                                {"policy", "open"},
                                                {"approve", "github"},
                                                {"export", "github"}}) {
    const Ran ran = home.run(words);
    INFO(words[0] << ": " << ran.err);
    CHECK(ran.code != 0);
    CHECK(ran.out.empty());
    CHECK(ran.err.find("mcpcred: error: ") == 0);
    CHECK(ran.err.find("mcpcred: error: ", 1) == std::string::npos);
    CHECK(says(ran.err, "mcpcred: hint: "));
  }
}

TEST_CASE("app: errors as JSON have the stable code") {
  CliHome home;
  home.make_vault();
  const Ran ran = home.run({"load", "github", "--json"});
  CHECK(ran.code == 3);
  const json object = json::parse(ran.out);
  CHECK(object["schema"] == 1);
  CHECK(object["error"]["code"] == "not_found");
}

TEST_CASE("list: names, ages and dates, never a value") {
  CliHome home;
  home.make_vault();
  const std::string token = token_maker::github("ghp_");
  REQUIRE(home.store("github", token, {"--expires", "2026-12-24"}).code == 0);
  REQUIRE(home.store("OTHER_TOKEN", "made-up", {"--account", "work"}).code == 0);
  home.now += std::chrono::days(12);
  const Ran text = home.run({"list"});
  CHECK(text.code == 0);
  CHECK(says(text.out, "github  GITHUB_TOKEN  default  vault  12 d  in 18 days"));
  CHECK(says(text.out, "OTHER_TOKEN   work"));
  const json object = json::parse(home.run({"list", "--json"}).out);
  CHECK(object["credentials"][0]["variable"] == "GITHUB_TOKEN");
  CHECK(object["credentials"][0]["age_days"] == 12);
  CHECK(object["credentials"][0]["expires"] == "2026-12-24");
  CHECK(object["credentials"][1]["server"] == "");
  CHECK_FALSE(says(text.out + object.dump(), token));
}

TEST_CASE("load: a server with several variables wants the variable; accounts are kept apart") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("AWS_ACCESS_KEY_ID", "one").code == 0);
  const Ran which = home.run({"load", "aws"});
  CHECK(which.code == 2);
  CHECK(says(which.err, "AWS_SECRET_ACCESS_KEY"));
  REQUIRE(home.store("github", "work token", {"--account", "work"}).code == 0);
  CHECK(home.run({"load", "github"}).code == 3);
  CHECK(home.run({"load", "github", "--account", "work"}).out == "work token");
  home.out_is_full = true;
  CHECK(home.run({"load", "github", "--account", "work"}).code == 5);
}

TEST_CASE("export: everything or what is named, all or nothing") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "it's").code == 0);
  REQUIRE(home.store("SLACK_TOKEN", "s").code == 0);
  CHECK(home.run({"export", "--shell", "bash"}).out == "export GITHUB_TOKEN='it'\\''s'\nexport SLACK_TOKEN='s'\n");
  CHECK(home.run({"export", "slack", "--shell", "sh"}).out == "export SLACK_TOKEN='s'\n");
  CHECK(home.run({"export", "--format", "json"}).out == "{\"GITHUB_TOKEN\":\"it's\",\"SLACK_TOKEN\":\"s\"}\n");
  CHECK(home.run({"export", "github", "notion", "--shell", "sh"}).code == 3);
  CHECK(home.run({"export", "github", "notion", "--shell", "sh"}).out.empty());
  CHECK(home.run({"export", "--shell", "tcsh"}).code == 2);
  home.out_is_full = true;
  CHECK(home.run({"export"}).code == 5);
}

TEST_CASE("export C6: what cannot be exported is left out of the whole, and refused when named") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "good").code == 0);
  REQUIRE(home.store("BINARY_TOKEN", std::string("a\0b", 3), {"--exact"}).code == 0);
  REQUIRE(home.store("NODE_OPTIONS", "--inspect").code == 0);
  REQUIRE(home.store("kubernetes", "apiVersion: v1\nkind: Config\n").code == 0);
  const Ran all = home.run({"export", "--shell", "bash"});
  CHECK(all.code == 0);
  CHECK(all.out == "export GITHUB_TOKEN='good'\n");
  CHECK(says(all.err, "left out: BINARY_TOKEN"));
  CHECK(says(all.err, "left out: NODE_OPTIONS"));
  CHECK(says(all.err, "left out: KUBECONFIG"));
  const Ran named = home.run({"export", "github", "BINARY_TOKEN", "--shell", "bash"});
  CHECK(named.code == 2);
  CHECK(named.out.empty());
  CHECK(home.run({"export", "NODE_OPTIONS", "--shell", "bash"}).code == 4);
  CHECK(home.run({"export", "NODE_OPTIONS", "--shell", "bash", "--allow-dangerous-name"}).code == 0);
}

TEST_CASE("delete: asks, removes from store and registry, and says that the provider still knows it") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  CHECK(home.run({"delete", "github"}).code == 4);  // nobody to ask
  home.terminal = true;
  home.answers = {"n"};
  CHECK(home.run({"delete", "github"}).code == 4);
  CHECK(home.run({"load", "github"}).code == 0);
  const Ran gone = home.run({"delete", "github", "--yes"});
  CHECK(gone.code == 0);
  CHECK(says(gone.err, "https://github.com/settings/tokens"));
  CHECK(home.run({"load", "github"}).code == 3);
  CHECK(home.run({"delete", "github", "--yes"}).code == 3);
  CHECK(json::parse(home.run({"list", "--json"}).out)["credentials"].empty());
}

TEST_CASE("check: states, exit codes and what was not looked at") {
  CliHome home;
  home.make_vault();
  const Ran nothing = home.run({"check"});
  CHECK(nothing.code == 3);
  REQUIRE(home.store("github", token_maker::github("ghp_")).code == 0);
  const Ran good = home.run({"check"});
  CHECK(good.code == 0);
  CHECK(says(good.out, "1 ok · values not read (--read)"));
  CHECK(says(home.run({"check", "--read"}).out, "1 ok · values read"));
  CHECK(home.run({"--check-credentials"}).out == good.out);
  CHECK(home.run({"check-credentials"}).out == good.out);
  const Ran missing = home.run({"check", "github", "slack"});
  CHECK(missing.code == 1);
  CHECK(says(missing.out, "mcpcred store slack"));
  home.now += std::chrono::days(91);
  const Ran due = home.run({"check"});
  CHECK(due.code == 1);
  CHECK(says(due.out, "due"));
  CHECK(says(due.out, "1 day ago"));
}

TEST_CASE("check: warnings fail only where that is asked for, and JSON says the same") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("posthog", "phc_" + std::string(43, 'a')).code == 0);
  CHECK(home.run({"check"}).code == 0);
  CHECK(home.run({"check", "--fail-on", "warning"}).code == 1);
  const json object = json::parse(home.run({"check", "--json"}).out);
  CHECK(object["schema"] == 1);
  CHECK(object["online"] == false);
  CHECK(object["credentials"][0]["format"] == "wrong_kind");
  CHECK(object["credentials"][0]["severity"] == "warning");
  CHECK(object["credentials"][0]["findings"][0]["code"] == "wrong_kind");
}

TEST_CASE("check: the environment as a store needs no registry and leaves none") {
  CliHome home;
  home.environment["GITHUB_TOKEN"] = token_maker::github("ghp_");
  const Ran ran = home.run({"check", "--store", "env"});
  CHECK(ran.code == 0);
  CHECK(says(ran.out, "GITHUB_TOKEN  ok"));
  CHECK(home.run({"check", "slack", "--store", "env"}).code == 1);
  home.environment["MCPCRED_STORE"] = "env";
  CHECK(home.run({"check", "github"}).code == 0);
  CHECK(home.run({"load", "github"}).out == home.environment["GITHUB_TOKEN"]);
  CHECK(std::filesystem::is_empty(home.path("home")));
}

TEST_CASE("run D10: another command than the approved one is refused with the command to approve it") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  home.add_program("sh");
  REQUIRE(home.store("github", "made-up").code == 0);
  const Ran refused = home.run({"run", "github", "--", "sh", "-c", "curl https://example.org"});
  CHECK(refused.code == 4);
  CHECK(says(refused.err, "github is approved for another command"));
  CHECK(says(refused.err, "mcpcred approve github -- sh -c 'curl https://example.org'"));
  CHECK(home.run({"run", "nosuch"}).code == 2);
  CHECK(home.run({"run", "slack"}).code == 3);  // its companion is not set
}

TEST_CASE("run: an edited registry releases nothing, even for the approved command") {
  CliHome home;
  home.make_vault();
  const std::string docker = home.add_program("docker");
  const std::string evil = home.add_program("evil");
  REQUIRE(home.store("github", "made-up").code == 0);
  const std::string file = CliHome::registry_file();
  std::string text = home.read(file);
  REQUIRE(says(text, docker));
  text.replace(text.find(docker), docker.size(), evil);
  home.write(file, text);
  const Ran run = home.run({"run", "github"});
  CHECK(run.code == 6);
  CHECK(says(run.err, "changed by something else"));
}

TEST_CASE("approve M8: only a typed yes at the terminal counts, --yes does not") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  const std::string sh = home.add_program("sh");
  REQUIRE(home.store("github", "made-up").code == 0);
  const std::vector<std::string> approve = {"approve", "github", "--yes", "--", "sh", "-c", "x"};
  CHECK(home.run(approve).code == 4);
  home.standard_input = "yes\n";
  CHECK(home.run(approve).code == 4);
  home.terminal = true;
  home.answers = {"y"};
  CHECK(home.run(approve).code == 4);
  home.answers = {"yes"};
  REQUIRE(home.run(approve).code == 0);
  CHECK(says(home.questions.back(), sh + " -c x"));
  CHECK(says(home.questions.back(), "GITHUB_PERSONAL_ACCESS_TOKEN"));
  CHECK(says(home.run({"approve", "--list"}).out, sh + " -c x"));
  CHECK(json::parse(home.run({"approve", "--list", "--json"}).out)["approvals"].size() == 2);
  CHECK(home.run({"approve", "github", "--remove", "--", "sh", "-c", "y"}).code == 3);
  CHECK(home.run({"approve", "github", "--remove", "--", "sh", "-c", "x"}).code == 0);
  CHECK(json::parse(home.run({"approve", "--list", "--json"}).out)["approvals"].size() == 1);
}

TEST_CASE("policy: shown to all, changed at a terminal only") {
  CliHome home;
  home.make_vault({"--policy", "strict"});
  CHECK(home.run({"policy"}).out.find("strict: ") == 0);
  CHECK(home.run({"policy", "open", "--yes"}).code == 4);
  home.terminal = true;
  home.answers = {"yes"};
  CHECK(home.run({"policy", "bound"}).code == 0);
  CHECK(json::parse(home.run({"policy", "--json"}).out)["policy"] == "bound");
  CHECK(home.run({"policy", "loose"}).code == 2);
}

TEST_CASE("load M1: in an agent's shell a value is shown only to a person who says yes") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  for (const char* marker : {"CLAUDE_CODE_CHILD_SESSION", "AI_AGENT", "CODEX_THREAD_ID"}) {
    CliHome::Setting setting(home, marker, "1");
    CHECK(home.run({"load", "github"}).code == 4);
    const Ran exported = home.run({"export"});
    CHECK(exported.code == 4);
    CHECK(exported.out.empty());
    CHECK(home.run({"list"}).code == 0);
    home.terminal = true;
    home.answers = {"yes"};
    CHECK(home.run({"load", "github"}).out == "made-up");
    home.answers = {"no"};
    CHECK(home.run({"load", "github"}).code == 4);
    home.terminal = false;
  }
  CHECK(home.run({"load", "github"}).code == 0);
}

TEST_CASE("store choice M13: a variable never goes before the pinned store") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "made-up").code == 0);
  home.environment["GITHUB_TOKEN"] = "planted";
  CliHome::Setting setting(home, "MCPCRED_STORE", "env");
  const Ran loaded = home.run({"load", "github"});
  CHECK(loaded.out == "made-up");
  CHECK(says(loaded.err, "MCPCRED_STORE is passed over"));
  CHECK(home.run({"load", "github", "--store", "env"}).out == "planted");
}

TEST_CASE("export: a shell that starts is never asked for the passphrase") {
  CliHome home;
  home.standard_input = "made-up passphrase";
  REQUIRE(home.run({"vault", "init", "--passphrase-stdin"}).code == 0);
  home.terminal = true;
  const Ran ran = home.run({"export"});
  CHECK(ran.code == 4);
  CHECK(ran.out.empty());
  CHECK(home.questions.empty());
}

TEST_CASE("approve E3: an argument that looks like a secret, or hides text, is refused") {
  CliHome home;
  home.make_vault();
  home.add_program("docker");
  home.add_program("npx");
  home.terminal = true;
  REQUIRE(home.store("github", "made-up").code == 0);
  const std::string token = token_maker::github("ghp_");
  const Ran secret = home.run({"approve", "github", "--", "npx", "--token", token});
  CHECK(secret.code == 2);
  const Ran joined = home.run({"approve", "github", "--", "npx", "--token=" + token});
  CHECK(joined.code == 2);
  const Ran hidden = home.run({"approve", "github", "--", "npx",
                               "\xe2\x80\xae"
                               "gpj"});
  CHECK(hidden.code == 2);
  const Ran run = home.run({"run", "github", "--", "npx", token});
  CHECK(run.code == 4);
  CHECK_FALSE(says(secret.err + joined.err + run.err, token));
  CHECK(home.questions.empty());
}

TEST_CASE("check: an unfinished change is an error") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", token_maker::github("ghp_")).code == 0);
  const std::string file = CliHome::registry_file();
  std::string text = home.read(file);
  const std::string good = text;
  text.replace(text.find("\"variable\""), 0, "\"pending\": true, ");
  home.write(file, text);
  const Ran unfinished = home.run({"check"});
  CHECK(unfinished.code == 1);
  CHECK(says(unfinished.out, "unfinished"));
  CHECK(says(home.run({"list"}).out, "unfinished"));
  home.write(file, good);
  CHECK(home.run({"check"}).code == 0);
}

TEST_CASE("catalog: the guide's servers are listed first and shown in full") {
  CliHome home;
  const Ran list = home.run({"catalog", "list"});
  CHECK(list.code == 0);
  CHECK(says(list.out, "azure-devops"));
  CHECK(json::parse(home.run({"catalog", "list", "--json"}).out)["servers"].size() == 32);
  const Ran github = home.run({"catalog", "show", "github"});
  CHECK(says(github.out, "repo, workflow, read:org"));
  CHECK(says(github.out, "every 90 days (guide)"));
  CHECK(json::parse(home.run({"catalog", "show", "github", "--json"}).out)["rotate_days"] == 90);
  CHECK(home.run({"catalog", "show", "gihtub"}).code == 2);
}

TEST_CASE("catalog: a bad file of the user's is named with its line, and the rest works") {
  CliHome home;
  home.write(CliHome::entry_file("acme"), "{\n  \"id\": \"acme\",\n  \"nonsense\": 1\n}\n");
  const Ran list = home.run({"catalog", "list"});
  CHECK(list.code == 0);
  CHECK(says(list.err, "acme.json:"));
  CHECK(says(list.out, "github"));
}

}  // namespace mcpcred::test
