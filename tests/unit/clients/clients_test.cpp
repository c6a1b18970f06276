#include "mcpcred/clients.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "catch.h"
#include "clients/descriptor.h"
#include "clients/embedded.h"
#include "temp_folder.h"

namespace mcpcred::test {
namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

EnvironmentLookup lookup(Variables variables = {}) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto at = variables.find(name);
    return at == variables.end() ? std::nullopt : std::optional(at->second);
  };
}

void touch(const std::string& path) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path) << "{}";
}

// A client with one file, which is the same on every system of the tests.
ClientInfo client_with(std::vector<std::string> configs, std::vector<ConfigOverride> overrides = {}) {
  ClientInfo client;
  client.id = "made-up";
  client.configs = std::move(configs);
  client.overrides = std::move(overrides);
  return client;
}

std::vector<std::string> ids(const std::vector<FoundClient>& found) {
  std::vector<std::string> names;
  for (const FoundClient& one : found) names.push_back(one.client.id);
  return names;
}

}  // namespace

TEST_CASE("clients: twelve are known, each with a file on every system") {
  const auto names = client_names();
  REQUIRE(names.size() == 12);
  CHECK(std::is_sorted(names.begin(), names.end()));
  CHECK(known_clients().size() == names.size());
  for (const EmbeddedClient& client : embedded_clients())
    for (const std::string_view system : {"linux", "macos", "windows"}) {
      const auto read = read_descriptor(client.text, system);
      INFO(client.id << " on " << system << ": " << (read ? "" : read.error().message));
      REQUIRE(read);
      CHECK(read->id == client.id);
      CHECK(read->name == client.name);
      REQUIRE(!read->configs.empty());
      for (const std::string& path : read->configs) {
        CHECK((path.starts_with("~/") || (system == "windows" && path.find("APPDATA%/") != std::string::npos)));
        CHECK(path.find('\\') == std::string::npos);
        CHECK(path.find('<') == std::string::npos);  // a place that is not one file
      }
      for (const ConfigOverride& one : read->overrides) CHECK(one.path.starts_with("{value}"));
    }
}

TEST_CASE("clients: a path that is not confirmed is not used") {
  const auto windsurf = find_client("windsurf");
  REQUIRE(windsurf);
  for (const std::string& path : windsurf->configs) CHECK(path.find("devin") == std::string::npos);
  constexpr std::string_view kText = R"({"id": "x", "name": "X", "format": "json", "servers_key": "k",
    "paths": [{"scope": "user", "status": "issue", "linux": "~/a"}, {"scope": "project", "status": "confirmed",
    "linux": "b"}, {"scope": "user-two", "status": "confirmed", "linux": "~/c"}], "after_change": "y",
    "sources": ["s"]})";
  const auto read = read_descriptor(kText, "linux");
  REQUIRE(read);
  CHECK(read->configs == std::vector<std::string>{"~/c"});
  CHECK(read_descriptor(kText, "macos")->configs.empty());
}

TEST_CASE("clients: a descriptor that is not as it should be is a defect of ours") {
  for (const std::string_view text : {"", "[]", "{}", R"({"id": "x"})", R"({"id": "x", "name": "X", "format": "ini",
       "servers_key": "k", "paths": [], "after_change": "y", "sources": ["s"]})"}) {
    const auto read = read_descriptor(text, "linux");
    INFO(text);
    CHECK(!read);
  }
  CHECK(!find_client("no-such-client"));
}

TEST_CASE("clients: an empty home has none of them, though the home folder itself is there") {
  const TempFolder home;
  CHECK(find_clients(lookup(), home.path()).empty());
}

TEST_CASE("clients: a file, or else the client's own folder, says that it is there") {
  const TempFolder home;
  touch(home.path() + "/.cursor/mcp.json");
  touch(home.path() + "/.codex/history.jsonl");
  std::filesystem::create_directories(home.path() + "/.claude");
  const auto found = find_clients(lookup(), home.path());
  REQUIRE(ids(found) == std::vector<std::string>{"claude-code", "codex", "cursor"});
  CHECK(found[0].config == home.path() + "/.claude.json");
  CHECK(!found[0].config_exists);
  CHECK(found[1].config == home.path() + "/.codex/config.toml");
  CHECK(!found[1].config_exists);
  CHECK(found[2].config == home.path() + "/.cursor/mcp.json");
  CHECK(found[2].config_exists);
}

TEST_CASE("clients: a variable moves the file, and one that is no absolute path leads nowhere") {
  const TempFolder home;
  const TempFolder other;
  touch(home.path() + "/.claude.json");
  touch(other.path() + "/.claude.json");
  const auto moved = find_clients(lookup({{"CLAUDE_CONFIG_DIR", other.path() + "/"}}), home.path());
  REQUIRE(moved.size() == 1);
  CHECK(moved.front().config == other.path() + "/.claude.json");
  CHECK(find_clients(lookup({{"CLAUDE_CONFIG_DIR", "relative"}}), home.path()).empty());
  CHECK(!client_config(*find_client("claude-code"), lookup({{"CLAUDE_CONFIG_DIR", "relative"}}), home.path()));
  // Set and empty is not set.
  CHECK(find_clients(lookup({{"CLAUDE_CONFIG_DIR", ""}}), home.path()).front().config == home.path() + "/.claude.json");
  CHECK(client_config(client_with({"~/a/b"}, {{"A", "{value}/b"}, {"B", "{value}"}}),
                      lookup({{"B", other.path() + "/x"}}), home.path()) == other.path() + "/x");
}

TEST_CASE("clients: of several files the one that exists, else the usual one") {
  const TempFolder home;
  const ClientInfo client = client_with({"~/one/a.json", "~/two/b.json"});
  CHECK(client_config(client, lookup(), home.path()) == home.path() + "/one/a.json");
  std::filesystem::create_directories(home.path() + "/two");
  CHECK(client_config(client, lookup(), home.path()) == home.path() + "/two/b.json");
  touch(home.path() + "/one/a.json");
  CHECK(client_config(client, lookup(), home.path()) == home.path() + "/one/a.json");
  std::filesystem::remove(home.path() + "/one/a.json");
  touch(home.path() + "/two/b.json");
  CHECK(client_config(client, lookup(), home.path()) == home.path() + "/two/b.json");
}

TEST_CASE("clients: folders of Windows that no variable names") {
  const ClientInfo client = client_with({"%APPDATA%/Zed/settings.json"});
  CHECK(client_config(client, lookup({{"APPDATA", "C:\\Users\\x\\Roaming"}}), "C:/Users/x") ==
        "C:/Users/x/Roaming/Zed/settings.json");
  CHECK(client_config(client, lookup(), "/h") == "/h/AppData/Roaming/Zed/settings.json");
}

}  // namespace mcpcred::test
