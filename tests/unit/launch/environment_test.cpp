#include "unit/launch/child.h"

namespace mcpcred::test {
TEST_CASE("environment D8: the child gets its declared secret under the server's name and what it inherits") {
  Child child("github");
  const auto entries = texts(*child.environment({"made-up"}, {"HOME=/home/x", "LANG=C", "GITHUB_TOKEN=of the shell"}));
  CHECK(contains(entries, "GITHUB_PERSONAL_ACCESS_TOKEN=made-up"));
  CHECK(contains(entries, "HOME=/home/x"));
  CHECK(contains(entries, "GITHUB_TOKEN=of the shell"));
  CHECK(entries.size() == 5);  // those, and PATH
}

TEST_CASE("environment D4: loader variables and our own are dropped") {
  Child child("github");
  const auto entries = texts(*child.environment(
      {"made-up"}, {"LD_PRELOAD=/x", "LD_LIBRARY_PATH=/x", "LD_AUDIT=/x", "DYLD_INSERT_LIBRARIES=/x", "GCONV_PATH=/x",
                    "MCPCRED_KEY_FILE=/x", "NODE_OPTIONS=--x", "HTTPS_PROXY=http://p"}));
  for (const char* name :
       {"LD_PRELOAD", "LD_LIBRARY_PATH", "LD_AUDIT", "DYLD_INSERT_LIBRARIES", "GCONV_PATH", "MCPCRED_KEY_FILE"})
    CHECK_FALSE(names(entries, name));
  CHECK(names(entries, "NODE_OPTIONS"));
  CHECK(names(entries, "HTTPS_PROXY"));
}

TEST_CASE("environment: a host in the caller's environment never redirects the credential") {
  Child child("github");
  CHECK_FALSE(names(texts(*child.environment({"made-up"}, {"GITHUB_HOST=https://evil.example"})), "GITHUB_HOST"));
  child.registry.set_companion({"github", "default", "GITHUB_HOST", "https://github.example"});
  CHECK(contains(texts(*child.environment({"made-up"}, {"GITHUB_HOST=https://evil.example"})),
                 "GITHUB_HOST=https://github.example"));
}

TEST_CASE("environment: transforms of the catalog") {
  Child azure("azure-devops");
  azure.registry.set_companion({"azure-devops", "default", "AZURE_DEVOPS_ORG", "contoso"});
  const std::string pat(84, 'x');
  const auto entries = texts(*azure.environment({pat}));
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [](const std::string& entry) { return entry.starts_with("PERSONAL_ACCESS_TOKEN="); });
  REQUIRE(at != entries.end());
  CHECK(at->find('\n') == std::string::npos);                        // never wrapped
  CHECK(at->starts_with("PERSONAL_ACCESS_TOKEN=bWNwY3JlZDp4eHh4"));  // base64 of "mcpcred:xxxx"

  Child posthog("posthog");
  CHECK(contains(texts(*posthog.environment({"phx_made-up"})), "POSTHOG_AUTH_HEADER=Bearer phx_made-up"));
}

TEST_CASE("environment: the kind of token chooses the variable") {
  Child slack("slack");
  slack.command = {"npx", "-y", "slack-mcp-server@latest", "--transport", "stdio"};
  const auto bot = texts(*slack.environment({"xoxb-made-up"}));
  CHECK(contains(bot, "SLACK_MCP_XOXB_TOKEN=xoxb-made-up"));
  CHECK_FALSE(names(bot, "SLACK_MCP_XOXP_TOKEN"));
  CHECK(contains(texts(*slack.environment({"xoxp-made-up"})), "SLACK_MCP_XOXP_TOKEN=xoxp-made-up"));
  const auto neither = slack.environment({"xapp-made-up"});
  REQUIRE_FALSE(neither);
  CHECK(neither.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("environment B3: a missing secret is not found, one with NUL cannot be handed over") {
  Child child("github");
  const auto missing = child.environment({std::nullopt});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kNotFound);
  CHECK(missing.error().hint == "mcpcred store github");
  const auto nul = child.environment({std::string_view("a\0b", 3)});
  REQUIRE_FALSE(nul);
  CHECK(nul.error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("environment: an optional secret companion is handed over only where it is stored") {
  Child aws("aws");
  aws.registry.set_companion({"aws", "default", "AWS_REGION", "eu-central-1"});
  const auto without = texts(*aws.environment({"AKIAX", "secret", std::nullopt}));
  CHECK_FALSE(names(without, "AWS_SESSION_TOKEN"));
  CHECK(contains(texts(*aws.environment({"ASIAX", "secret", "session"})), "AWS_SESSION_TOKEN=session"));
}

TEST_CASE("environment: a kubeconfig's path and its content each go where they are understood") {
  Child kubernetes("kubernetes");
  CHECK(contains(texts(*kubernetes.environment({"/home/x/.kube/config"})), "KUBECONFIG=/home/x/.kube/config"));
  const auto content = kubernetes.environment({"apiVersion: v1\nkind: Config\n"});
  REQUIRE_FALSE(content);
  CHECK(content.error().code == ErrorCode::kInvalidInput);
  kubernetes.command = {"npx", "-y", "mcp-server-kubernetes"};
  CHECK(contains(texts(*kubernetes.environment({"apiVersion: v1\nkind: Config\n"})),
                 "KUBECONFIG_YAML=apiVersion: v1\nkind: Config\n"));
  CHECK_FALSE(kubernetes.environment({"/home/x/.kube/config"}));
}

TEST_CASE("transform: JSON escapes the value, Basic and base64 carry padding") {
  EnvMapping mapping;
  mapping.transform = TransformKind::kJsonTemplate;
  mapping.text = R"({"Authorization":"Bearer {value}"})";
  CHECK(apply_transform(mapping, "a\"b")->reveal() == R"({"Authorization":"Bearer a\"b"})");
  CHECK_FALSE(apply_transform(mapping, "\xff"));
  mapping.transform = TransformKind::kBasicTemplate;
  mapping.text = "user@example.org:{value}";
  CHECK(apply_transform(mapping, "x")->reveal() == "Basic dXNlckBleGFtcGxlLm9yZzp4");
  mapping.transform = TransformKind::kBase64Template;
  mapping.text = "{value}";
  CHECK(apply_transform(mapping, "a")->reveal() == "YQ==");
}

}  // namespace mcpcred::test
