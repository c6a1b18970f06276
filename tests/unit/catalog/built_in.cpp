#include <algorithm>
#include <regex>
#include <set>

#include "catalog/embedded.h"
#include "catalog/parser.h"
#include "catch.h"
#include "mcpcred/catalog.h"
#include "unit/catalog/support.h"

using mcpcred::Catalog;
using mcpcred::CatalogServer;

namespace {

std::vector<CatalogServer> all_servers() {
  std::vector<CatalogServer> servers;
  for (const auto& embedded : mcpcred::embedded_servers()) {
    auto server = mcpcred::parse_catalog_server(embedded.text, "servers/" + std::string(embedded.id) + ".json");
    INFO((server ? std::string() : server.error().message));
    REQUIRE(server);
    servers.push_back(std::move(*server));
  }
  return servers;
}

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// The cells of the guide's table, without the head.
std::vector<std::vector<std::string>> guide_rows() {
  std::vector<std::vector<std::string>> rows;
  std::istringstream text(catalog_test::read(catalog_test::data("guide_table.md")));
  for (std::string line; std::getline(text, line);) {
    std::vector<std::string> cells;
    std::istringstream row(line);
    std::string cell;
    std::getline(row, cell, '|');
    while (std::getline(row, cell, '|')) {
      cell.erase(std::remove(cell.begin(), cell.end(), '`'), cell.end());
      const auto begin = cell.find_first_not_of(' ');
      cells.push_back(begin == std::string::npos ? "" : cell.substr(begin, cell.find_last_not_of(' ') - begin + 1));
    }
    rows.push_back(cells);
  }
  rows.erase(rows.begin(), rows.begin() + 2);
  return rows;
}

}  // namespace

TEST_CASE("every built-in entry parses strictly, and the index agrees with it") {
  const auto servers = all_servers();
  REQUIRE(servers.size() == 32);
  for (const CatalogServer& server : servers) {
    INFO(server.id.str());
    const auto* embedded = mcpcred::embedded_server(server.id.str());
    REQUIRE(embedded != nullptr);
    CHECK(embedded->name == server.name);
    CHECK(embedded->from_guide == server.from_guide);
    std::vector<std::string> names;
    for (const auto& variable : server.variables) names.push_back(variable.name);
    for (const auto& companion : server.companions)
      if (companion.secret) names.push_back(companion.name);
    CHECK(embedded->variables == joined(names, " "));
  }
}

TEST_CASE("the guide's fifteen rows are the entries from the guide, column by column") {
  const auto servers = all_servers();
  const auto rows = guide_rows();
  REQUIRE(rows.size() == 15);
  CHECK(std::count_if(servers.begin(), servers.end(), [](const auto& server) { return server.from_guide; }) == 15);
  for (const auto& row : rows) {
    REQUIRE(row.size() >= 5);
    INFO(row[0]);
    const auto server =
        std::find_if(servers.begin(), servers.end(), [&](const auto& candidate) { return candidate.name == row[0]; });
    REQUIRE(server != servers.end());
    CHECK(server->from_guide);
    CHECK(server->token_type == row[1]);
    std::vector<std::string> variables;
    for (const auto& variable : server->variables) {
      variables.push_back(variable.name);
      CHECK(variable.required);
    }
    CHECK(joined(variables, ", ") == row[2]);
    CHECK(server->setup_complexity == lower(row[3]));
    CHECK(joined(server->scopes, ", ") == row[4]);
  }
}

TEST_CASE("the guide's rotation schedule is in the entries") {
  const Catalog catalog("");
  const auto days = [&](std::string_view id) { return catalog.find(id).value()->rotate_days; };
  CHECK(days("github") == 90);
  CHECK(days("postgres") == 60);
  CHECK(days("mongodb") == 60);
  CHECK(days("aws") == 30);
  CHECK_FALSE(days("kubernetes").has_value());
  CHECK_FALSE(days("terraform").has_value());
  CHECK(catalog.find("figma").value()->max_days == 90);
  CHECK(catalog.find("aws").value()->rotate_source == "guide");
}

TEST_CASE(
    "the default of an entry can be started with its required companions alone, without a secret in its arguments") {
  for (const CatalogServer& server : all_servers()) {
    if (server.launch.empty()) continue;
    INFO(server.id.str());
    CHECK(server.launch.front().unusable.empty());
    for (const auto& argument : server.launch.front().args)
      for (const auto& name : mcpcred::placeholders(argument)) {
        const auto* companion = server.companion(name);
        REQUIRE(companion != nullptr);
        CHECK(companion->required);
        CHECK_FALSE(companion->pattern.empty());
      }
    for (const auto& variant : server.launch) {
      const bool fetched = variant.command == "npx" || variant.command == "uvx" || variant.command == "docker";
      CHECK(variant.mutable_package == fetched);
    }
  }
}

TEST_CASE("the maintained official server is the default, what puts a secret on a command line is unusable") {
  const Catalog catalog("");
  const auto entry = [&](std::string_view id) { return catalog.find(id).value().value(); };
  CHECK(entry("github").launch.front().package == "ghcr.io/github/github-mcp-server");
  CHECK(entry("kubernetes").launch.front().package == "kubernetes-mcp-server");
  CHECK(entry("kubernetes").launch.front().env.front().wants_path);
  CHECK(entry("kubernetes").launch.at(1).env.front().name == "KUBECONFIG_YAML");
  CHECK(entry("postgres").launch.front().package == "postgres-mcp");
  CHECK(entry("postgres").launch.at(1).unusable.find("command line") != std::string::npos);
}

TEST_CASE("companions that decide where a secret goes are hosts, and take plain https addresses only") {
  const std::set<std::string> hosts = {"AZURE_DEVOPS_ORG", "GITHUB_HOST",  "GITHUB_GHE_SUBDOMAIN", "SENTRY_HOST",
                                       "TFE_ADDRESS",      "JIRA_URL",     "CONFLUENCE_URL",       "GITLAB_API_URL",
                                       "GRAFANA_URL",      "DATADOG_SITE", "FIRECRAWL_API_URL",    "POSTHOG_HOST"};
  std::set<std::string> found;
  for (const CatalogServer& server : all_servers())
    for (const auto& companion : server.companions) {
      INFO(companion.name);
      CHECK_FALSE(companion.pattern.empty());
      const std::regex pattern(companion.pattern);
      if (!companion.example.empty()) CHECK(std::regex_match(companion.example, pattern));
      if (!companion.host) continue;
      found.insert(companion.name);
      for (const char* bad : {"http://example.com", "https://user@example.com", "https://example.com evil", "https://",
                              "https://a.example@b.example/", "https://example.com/\nx", "https://example.com?x=1",
                              "-e", "--help", "", "javascript:x"})
        CHECK_FALSE(std::regex_match(bad, pattern));
    }
  CHECK(found == hosts);
}

TEST_CASE("no variable belongs to two entries") {
  std::set<std::string> seen;
  for (const CatalogServer& server : all_servers())
    for (const auto& variable : server.variables) {
      INFO(variable.name);
      CHECK(seen.insert(variable.name).second);
      CHECK(Catalog("").server_of(variable.name) == server.id.str());
    }
}

TEST_CASE("a secret companion is found like a variable, a plain one is not") {
  const Catalog catalog("");
  CHECK(catalog.server_of("AWS_SESSION_TOKEN") == "aws");
  CHECK_FALSE(catalog.server_of("AWS_REGION").has_value());
  CHECK_FALSE(catalog.server_of("github_token").has_value());
  CHECK_FALSE(catalog.server_of("").has_value());
}

TEST_CASE("ids come sorted, the guide's first; an id that is none is not found") {
  const auto ids = Catalog("").ids();
  REQUIRE(ids.size() == 32);
  CHECK(ids.front() == "atlassian");
  CHECK(ids[14] == "zapier");
  CHECK(ids[15] == "airtable");
  CHECK(std::is_sorted(ids.begin(), ids.begin() + 15));
  CHECK(std::is_sorted(ids.begin() + 15, ids.end()));
  for (const char* none : {"nothing", "", "../github", "GitHub", "github/", "git hub"})
    CHECK_FALSE(Catalog("").find(none).value().has_value());
}
