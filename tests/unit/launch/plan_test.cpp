#include "unit/launch/support.h"

namespace mcpcred::test {

TEST_CASE("plan: the catalog's own command is found on PATH, and its companions are filled in") {
  const Programs programs;
  const std::string npx = programs.add("npx");
  const CatalogServer azure = built_in("azure-devops");
  Registry registry;
  const auto without = plan_launch(azure, account(), registry, {}, programs.place());
  REQUIRE_FALSE(without);
  CHECK(without.error().code == ErrorCode::kNotFound);
  CHECK(without.error().hint == "mcpcred store azure-devops --set AZURE_DEVOPS_ORG=VALUE");
  registry.set_companion({"azure-devops", "default", "AZURE_DEVOPS_ORG", "contoso"});
  const auto plan = plan_launch(azure, account(), registry, {}, programs.place());
  REQUIRE(plan);
  CHECK(plan->catalog);
  CHECK(plan->executable == npx);
  CHECK(std::find(plan->args.begin(), plan->args.end(), "contoso") != plan->args.end());
  CHECK(plan->env_names == std::vector<std::string>{"PERSONAL_ACCESS_TOKEN"});
  CHECK(plan->hosts.at("AZURE_DEVOPS_ORG") == "contoso");
  REQUIRE(plan->secrets.size() == 1);
  CHECK(plan->secrets[0].variable() == "AZURE_DEVOPS_PAT");
}

TEST_CASE("plan: what mcp-remote expands itself stays as it is") {
  const Programs programs;
  programs.add("npx");
  const CatalogServer posthog = built_in("posthog");
  const auto plan = plan_launch(posthog, account(), {}, {}, programs.place());
  REQUIRE(plan);
  CHECK(std::find(plan->args.begin(), plan->args.end(), "Authorization:${POSTHOG_AUTH_HEADER}") != plan->args.end());
}

TEST_CASE("plan: a named variant's command line gets that variant's variables, whatever its version") {
  const Programs programs;
  programs.add("npx");
  const CatalogServer slack = built_in("slack");
  for (const char* package : {"slack-mcp-server@latest", "slack-mcp-server@1.2.3", "slack-mcp-server"}) {
    const std::vector<std::string> command = {"npx", "-y", package, "--transport", "stdio"};
    const auto plan = plan_launch(slack, account(), {}, command, programs.place());
    REQUIRE(plan);
    CHECK_FALSE(plan->catalog);
    CHECK(std::find(plan->env_names.begin(), plan->env_names.end(), "SLACK_MCP_XOXB_TOKEN") != plan->env_names.end());
  }
}

TEST_CASE("plan: a server that takes its secret as an argument is never started") {
  const Programs programs;
  programs.add("npx");
  const CatalogServer postgres = built_in("postgres");
  const std::vector<std::string> command = {"npx", "-y", "@modelcontextprotocol/server-postgres", "x"};
  const auto plan = plan_launch(postgres, account(), {}, command, programs.place());
  REQUIRE_FALSE(plan);
  CHECK(plan.error().code == ErrorCode::kRefused);
}

TEST_CASE("plan: a given command that is not there is told as a shell does") {
  const Programs programs;
  const CatalogServer github = built_in("github");
  const std::vector<std::string> command = {"no-such-program"};
  const auto plan = plan_launch(github, account(), {}, command, programs.place());
  REQUIRE_FALSE(plan);
  CHECK(error_info(plan.error().code).exit_code == 127);
}

TEST_CASE("plan D1: relative folders of PATH are passed over") {
  const Programs programs;
  programs.add("docker");
  const CatalogServer github = built_in("github");
  const auto plan = plan_launch(github, account(), {}, {}, {".:", programs.folder.path()});
  REQUIRE(plan);
  CHECK(plan->executable.empty());
}

TEST_CASE("plan E3: a command is shown so that it can be typed, and hides nothing") {
  const std::vector<std::string> args = {"-y", "two words", "it's", "\x1b[2K", "\xe2\x80\xaegpj"};
  CHECK(shown_command("npx", args) == "npx -y 'two words' 'it'\\''s' '\\x1b[2K' '\\u{202e}gpj'");
}

}  // namespace mcpcred::test
