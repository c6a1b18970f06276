#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "cli/harness.h"

namespace mcpcred::test {

using nlohmann::json;

namespace {

std::string line_with(const std::string& text, const std::string& part) {
  const std::size_t at = text.find(part);
  if (at == std::string::npos) return {};
  const std::size_t begin = text.rfind('\n', at) + 1;
  return text.substr(begin, text.find('\n', at) - begin);
}

}  // namespace

TEST_CASE("shell install: the login shell's file, once, and out again") {
  CliHome home;
  home.add_program("mcpcred");
  home.environment["SHELL"] = "/usr/bin/zsh";
  home.write("home/.zshrc", "mine");
  const Ran first = home.run({"shell", "install"});
  INFO(first.err);
  CHECK(first.code == 0);
  CHECK(first.out.empty());
  CHECK(says(first.err, "put the block into "));
  CHECK(says(first.err, "source "));
  CHECK(says(first.err, "mcpcred run SERVER"));
  const std::string with = home.read("home/.zshrc");
  CHECK(says(with, "mcpcred export --no-prompt --shell zsh"));
  const Ran again = home.run({"shell", "install", "zsh"});
  CHECK(again.code == 0);
  CHECK(std::count(first.err.begin(), first.err.end(), '\n') == 2);
  CHECK(says(again.err, "already in"));
  CHECK(says(again.err, "; load it now: source "));
  CHECK(std::count(again.err.begin(), again.err.end(), '\n') == 1);
  CHECK(home.read("home/.zshrc") == with);
  const Ran gone = home.run({"shell", "uninstall"});
  CHECK(gone.code == 0);
  CHECK(says(gone.err, "shells that are open keep their variables"));
  CHECK(home.read("home/.zshrc") == "mine");
  const Ran nothing = home.run({"shell", "uninstall"});
  CHECK(nothing.code == 0);
  CHECK(says(nothing.err, "no start-up file has the block"));
}

TEST_CASE("shell install: facts as JSON") {
  CliHome home;
  home.add_program("mcpcred");
  const json added = json::parse(home.run({"shell", "install", "fish", "--json"}).out);
  CHECK(added["schema"] == 1);
  CHECK(added["shell"] == "fish");
  REQUIRE(added["files"].size() == 1);
  CHECK(added["files"][0]["change"] == "added");
  CHECK(says(added["load_now"].get<std::string>(), "source "));
  CHECK(json::parse(home.run({"shell", "install", "fish", "--json"}).out)["files"][0]["change"] == "unchanged");
  const json removed = json::parse(home.run({"shell", "uninstall", "--json"}).out);
  CHECK(removed["files"][0]["change"] == "removed");
  CHECK(removed["files"][0]["path"] == added["files"][0]["path"]);
  CHECK(json::parse(home.run({"shell", "uninstall", "--json"}).out)["files"].empty());
}

TEST_CASE("shell install: the shell of an AI agent is warned") {
  CliHome home;
  home.add_program("mcpcred");
  CHECK_FALSE(says(home.run({"shell", "install", "zsh"}).err, "AI agent"));
  const CliHome::Setting agent(home, "CLAUDECODE", "1");
  const Ran ran = home.run({"shell", "install", "zsh"});
  CHECK(ran.code == 0);
  CHECK(says(line_with(ran.err, "warning"), "AI agent (CLAUDECODE)"));
}

TEST_CASE("shell install: mcpcred by name where PATH has it, else by its own path; where the data lie, and whose") {
  CliHome home;
  CHECK(home.run({"shell", "install", "zsh"}).code == 0);
  CHECK_FALSE(says(home.read("home/.zshrc"), "command mcpcred export"));
  home.add_program("mcpcred");
  const Ran updated = home.run({"shell", "install", "zsh"});
  CHECK(says(updated.err, "up to date"));
  CHECK(says(home.read("home/.zshrc"), "\\builtin command mcpcred export --no-prompt --shell zsh)"));
  CHECK(home.run({"--account", "work", "--data-dir", home.path("it's"), "shell", "install", "zsh"}).code == 0);
  CHECK(says(home.read("home/.zshrc"), "--shell zsh --account work --data-dir '"));
  CHECK(says(home.read("home/.zshrc"), "it'\\''s'"));
  CHECK(home.run({"--store", "vault", "shell", "install", "zsh"}).code == 2);
}

TEST_CASE("shell install: shells without a file, and files that cannot be used, with the next thing to type") {
  CliHome home;
  home.add_program("mcpcred");
  const auto refused = [&](const std::string& shell, int code) {
    const Ran ran = home.run({"shell", "install", shell});
    INFO(ran.err);
    CHECK(ran.code == code);
    CHECK(ran.out.empty());
    CHECK(says(ran.err, "mcpcred: hint: "));
    return ran.err;
  };
  CHECK(says(refused("cmd", 4), "for /f"));
  CHECK(says(refused("sh", 4), "--shell sh"));
  refused("tcsh", 2);
  home.write("home/.zshrc", "# >>> mcpcred >>>\n");
  CHECK(says(refused("zsh", 6), "line 1"));
  CHECK(home.run({"shell", "uninstall"}).code == 6);
  CHECK(home.read("home/.zshrc") == "# >>> mcpcred >>>\n");
  std::filesystem::remove(home.path("home/.zshrc"));
  std::filesystem::create_directory(home.path("home/.zshrc"));
  CHECK(says(refused("zsh", 2), "is a folder"));
}

}  // namespace mcpcred::test
