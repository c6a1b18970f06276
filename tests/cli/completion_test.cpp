#include "catch.h"
#include "cli/harness.h"
#include "cli/help.h"
#include "cli/near.h"

#include "cli/command.h"

namespace mcpcred::test {
namespace {

// The candidates for a word that begins as `typed` behind `before`, without their explanations.
std::vector<std::string> offered(CliHome& home, const std::string& typed, std::vector<std::string> before = {}) {
  std::vector<std::string> words = {"__complete", "word=" + typed};
  words.insert(words.end(), before.begin(), before.end());
  const Ran ran = home.run(words);
  CHECK(ran.code == 0);
  CHECK(ran.err.empty());
  std::vector<std::string> all;
  for (std::size_t at = 0; at < ran.out.size();) {
    const std::size_t end = ran.out.find('\n', at);
    const std::string line = ran.out.substr(at, end - at);
    all.push_back(line.substr(0, line.find('\t')));
    at = end + 1;
  }
  return all;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("completion: commands, their second words, and options by what was typed") {
  CliHome home;
  CHECK(has(offered(home, ""), "store"));
  CHECK(has(offered(home, ""), "vault"));
  CHECK(!has(offered(home, ""), "vault init"));
  CHECK(!has(offered(home, ""), "__complete"));
  CHECK(offered(home, "sto") == Words{"store"});
  CHECK(offered(home, "in", {"vault"}) == Words{"init"});
  CHECK(offered(home, "s", {"catalog"}) == Words{"show"});
  CHECK(offered(home, "", {"no-such-command"}).empty());
  CHECK(offered(home, "--st", {"store", "github"}) == Words{"--stdin", "--store"});
  CHECK(has(offered(home, "-"), "--version"));
  CHECK(has(offered(home, "", {"--quiet"}), "list"));
  CHECK(has(offered(home, "", {"--account", "x"}), "list"));
  CHECK(offered(home, "--passph", {"unlock"}) == Words{"--passphrase-stdin"});
}

TEST_CASE("completion: an option is offered once, unless it may be given again") {
  CliHome home;
  CHECK(!has(offered(home, "--", {"store", "--stdin", "github"}), "--stdin"));
  CHECK(has(offered(home, "--", {"store", "--set", "A=b", "github"}), "--set"));
  CHECK(!has(offered(home, "--", {"list", "-y"}), "--yes"));
}

TEST_CASE("completion: an option's value, behind a space or an equals sign") {
  CliHome home;
  CHECK(offered(home, "a", {"list", "--color"}) == Words{"auto", "always"});
  CHECK(offered(home, "--color=n", {"list"}) == Words{"--color=never"});
  CHECK(offered(home, "v", {"--store"}) == Words{"vault"});
  CHECK(offered(home, "--store=v") == Words{"--store=vault"});
  CHECK(offered(home, "va", {"move", "--to"}) == Words{"vault"});
  CHECK(offered(home, "", {"store", "--from-file"}) == Words{":files"});
  CHECK(offered(home, "", {"list", "--data-dir"}) == Words{":folders"});
  CHECK(offered(home, "", {"store", "--expires"}).empty());
  CHECK(offered(home, "--json=", {"list"}).empty());
  CHECK(offered(home, "PA", {"store", "x", "--from-env"}) == Words{"PATH"});
}

TEST_CASE("completion: what is stored, else what could be; never more words than a command takes") {
  CliHome home;
  CHECK(has(offered(home, "", {"load"}), "slack"));  // nothing is stored yet
  home.make_vault();
  REQUIRE(home.store("github", "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").code == 0);
  REQUIRE(home.store("OTHER_TOKEN", "made-up-value", {"--account", "me@work"}).code == 0);
  CHECK(offered(home, "", {"load"}) == Words{"github", "GITHUB_TOKEN"});
  CHECK(offered(home, "", {"load", "--account", "me@work"}) == Words{"OTHER_TOKEN"});
  CHECK(offered(home, "", {"--account=me@work", "delete"}) == Words{"OTHER_TOKEN"});
  CHECK(offered(home, "me", {"list", "--account"}) == Words{"me@work"});
  CHECK(offered(home, "SLACK_T", {"store"}) == Words{"SLACK_TOKEN"});
  CHECK(offered(home, "gi", {"run"}) == Words{"github", "gitlab"});
  CHECK(!has(offered(home, "", {"run"}), "GITHUB_TOKEN"));
  CHECK(!has(offered(home, "", {"load", "GITHUB_TOKEN"}), "github"));
  CHECK(has(offered(home, "", {"export", "GITHUB_TOKEN"}), "github"));
  CHECK(has(offered(home, "", {"check", "github"}), "slack"));
  CHECK(offered(home, "", {"policy"}) == Words{"bound", "strict", "open"});
  CHECK(offered(home, "", {"vault", "slot", "add"}) == Words{"passphrase", "key-file"});
  CHECK(offered(home, "", {"completion"}) == Words{"bash", "zsh", "fish", "powershell"});
  CHECK(offered(home, "", {"load", "--"}).empty());
  CHECK(offered(home, "", {"run", "github", "--"}) == Words{":programs"});
  CHECK(offered(home, "--", {"run", "github", "--", "x"}) == Words{":files"});
}

TEST_CASE("completion: another data folder has other names") {
  CliHome home;
  home.make_vault();
  REQUIRE(home.store("github", "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").code == 0);
  CHECK(!has(offered(home, "G", {"--data-dir", home.path("elsewhere"), "load"}), "GITHUB_TOKEN"));
  CHECK(has(offered(home, "G", {"load"}), "GITHUB_TOKEN"));
}

TEST_CASE("completion: broken questions and full outputs are no errors") {
  CliHome home;
  CHECK(home.run({"__complete"}).code == 0);
  CHECK(home.run({"__complete", "x"}).out.empty());
  CHECK(offered(home, "\"sto") == Words{"store"});
  CHECK(offered(home, "'vault'") == Words{"vault"});
  home.out_is_full = true;
  CHECK(home.run({"__complete", "word="}).code == 0);
}

TEST_CASE("completion: every kind of word and every option of every command can be asked for") {
  CliHome home;
  for (const cli::Command& command : cli::all_commands()) {
    cli::OptionSet set{std::string(command.name), std::string(command.summary)};
    const cli::Action action = command.declare(set);
    Words words;
    const std::string name(command.name);
    words.push_back(name.substr(0, name.find(' ')));
    if (name.find(' ') != std::string::npos) words.push_back(name.substr(name.find(' ') + 1));
    for (const cli::OptionInfo& info : set.declared()) {
      INFO(name << " " << info.names.front());
      if (info.form != cli::OptionForm::kFlag && info.form != cli::OptionForm::kValue) continue;
      CHECK(has(offered(home, info.names.back(), words), info.names.back()));
      if (info.form != cli::OptionForm::kValue) continue;
      Words more = words;
      more.push_back(info.names.back());
      for (const std::string& word : offered(home, "", more)) CHECK(!word.starts_with("--"));
    }
  }
}

TEST_CASE("help: of every command, no line is wider than 100 columns, and its examples begin with mcpcred") {
  for (const cli::Command& command : cli::all_commands()) {
    cli::OptionSet set{std::string(command.name), std::string(command.summary)};
    cli::GlobalOptions options;
    const cli::Action action = command.declare(set);
    declare_global(set, options);
    const std::string text = help_text(set);
    INFO(text);
    CHECK(says(text, "usage: mcpcred " + std::string(command.name) + " [options]"));
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      CHECK(text.find('\n', at) - at <= 100);
      CHECK((text.find('\n', at) == at || text[text.find('\n', at) - 1] != ' '));
    }
    for (const cli::Example& example : set.examples())
      CHECK(says(example.line, "mcpcred " + std::string(command.name)));
  }
}

TEST_CASE("did you mean: an option, a choice, a name that is stored") {
  CliHome home;
  CHECK(says(home.run({"list", "--stor", "vault"}).err, "did you mean: mcpcred list --store"));
  CHECK(says(home.run({"store", "x", "--relpace"}).err, "did you mean: mcpcred store --replace"));
  CHECK(!says(home.run({"list", "--nothing-like-it"}).err, "did you mean"));
  CHECK(says(home.run({"list", "--color", "alwasy"}).err, "did you mean always?"));
  CHECK(says(home.run({"export", "--format=dotenf"}).err, "did you mean dotenv?"));
  CHECK(!says(home.run({"list", "--color", "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"}).err, "ghp_"));

  home.make_vault();
  REQUIRE(home.store("github", "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").code == 0);
  REQUIRE(home.store("MY_TOKEN", "made-up-value").code == 0);
  for (const std::string command : {"load", "delete", "export"}) {
    const Ran typo = home.run({command, "GITHUB_TOKNE"});
    INFO(command << ": " << typo.err);
    CHECK(typo.code == 3);
    CHECK(says(typo.err, "mcpcred: hint: did you mean GITHUB_TOKEN?\n"));
    CHECK(!says(home.run({command, "SOMETHING_ELSE"}).err, "did you mean"));
    CHECK(!says(home.run({command, "MY_TOKN", "--account", "other"}).err, "did you mean"));
  }
}

TEST_CASE("near: at most two letters off, and never another word") {
  CHECK(cli::nearest_name("stor", {"store", "status"}) == "store");
  CHECK(cli::nearest_name("sta", {"store", "status"}) == "status");
  CHECK(cli::nearest_name("xyz", {"abc", "zsh"}).empty());
  CHECK(cli::nearest_name("", {"abc"}).empty());
  CHECK(cli::nearest_name(std::string(300, 'a'), {"aaa"}).empty());
  CHECK(cli::nearest_name("pass", {"passphrase", "passphrase-stdin"}).empty());
}

}  // namespace mcpcred::test
