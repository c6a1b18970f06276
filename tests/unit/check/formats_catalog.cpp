#include <functional>
#include <map>

#include "catch.h"
#include "mcpcred/check.h"
#include "unit/check/token_maker.h"

using mcpcred::FormatVerdict;
using token_maker::kBase32;
using token_maker::kHex;
using token_maker::text;

namespace {

std::string uuid() {
  return text(8, 1, kHex) + "-" + text(4, 2, kHex) + "-" + text(4, 3, kHex) + "-" + text(4, 4, kHex) + "-" +
         text(12, 5, kHex);
}

std::string digits(std::size_t count) {
  return text(count, 20, "0123456789");
}

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kPath = "/etc/kubernetes/admin.conf";
constexpr std::string_view kKubeconfig = "apiVersion: v1\nkind: Config\nclusters: []\n";

// A value for every format of every entry, made by hand from what the providers publish.
const std::map<std::string, std::string>& samples() {
  static const std::map<std::string, std::string> all = {
      {"airtable/AIRTABLE_API_KEY/pat", "pa" + ("t" + text(14)) + "." + text(64, 2, kHex)},
      {"airtable/AIRTABLE_API_KEY/key", "ke" + ("y" + text(14))},
      {"anthropic/ANTHROPIC_API_KEY/api", "sk-" + ("ant-api03-" + text(93)) + "AA"},
      {"anthropic/ANTHROPIC_API_KEY/admin", "sk-" + ("ant-admin01-" + text(93)) + "AA"},
      {"atlassian/JIRA_TOKEN/atatt", token_maker::atlassian()},
      {"atlassian/JIRA_TOKEN/atctt", "ATC" + ("TT3xFfG" + text(60)) + "=" + text(8)},
      {"atlassian/JIRA_TOKEN/legacy24", text(24)},
      {"atlassian/JIRA_TOKEN/dc", "N" + text(43)},
      {"atlassian/CONFLUENCE_TOKEN/atatt", token_maker::atlassian()},
      {"atlassian/CONFLUENCE_TOKEN/atctt", "ATC" + ("TT3xFfG" + text(60)) + "=" + text(8)},
      {"atlassian/CONFLUENCE_TOKEN/legacy24", text(24)},
      {"atlassian/CONFLUENCE_TOKEN/dc", "M" + text(43)},
      {"aws/AWS_ACCESS_KEY_ID/akid", "AK" + ("IA" + text(16, 3, kBase32))},
      {"aws/AWS_ACCESS_KEY_ID/asia", "AS" + ("IA" + text(16, 3, kBase32))},
      {"aws/AWS_ACCESS_KEY_ID/secret", text(38) + "/+"},
      {"aws/AWS_SECRET_ACCESS_KEY/secret", text(38) + "/+"},
      {"aws/AWS_SECRET_ACCESS_KEY/akid", "AK" + ("IA" + text(16, 3, kBase32))},
      {"azure-devops/AZURE_DEVOPS_PAT/new", token_maker::azure_new('C', 'B')},
      {"azure-devops/AZURE_DEVOPS_PAT/legacy", token_maker::azure_legacy()},
      {"brave/BRAVE_API_KEY/bsa", "BS" + ("A" + text(28))},
      {"cloudflare/CLOUDFLARE_API_TOKEN/cfut", "cf" + ("ut_" + text(40)) + text(8, 2, kHex)},
      {"cloudflare/CLOUDFLARE_API_TOKEN/cfat", "cf" + ("at_" + text(40)) + text(8, 2, kHex)},
      {"cloudflare/CLOUDFLARE_API_TOKEN/cfk", "cf" + ("k_" + text(40)) + text(8, 2, kHex)},
      {"cloudflare/CLOUDFLARE_API_TOKEN/old", text(40)},
      {"composio/COMPOSIO_API_KEY/ck", "ck" + ("_" + text(20))},
      {"composio/COMPOSIO_API_KEY/ak", "ak" + ("_" + text(20))},
      {"datadog/DATADOG_API_KEY/api", text(32, 1, kHex)},
      {"datadog/DATADOG_API_KEY/app", text(40, 1, kHex)},
      {"datadog/DATADOG_APP_KEY/app", text(40, 1, kHex)},
      {"datadog/DATADOG_APP_KEY/api", text(32, 1, kHex)},
      {"discord/DISCORD_TOKEN/bot", text(26) + "." + text(6, 2) + "." + text(38, 3)},
      {"exa/EXA_API_KEY/uuid", uuid()},
      {"figma/FIGMA_TOKEN/figd", "fi" + ("gd_" + text(40))},
      {"figma/FIGMA_TOKEN/figp", "fi" + ("gp_" + text(50))},
      {"figma/FIGMA_TOKEN/figu", "fi" + ("gu_" + text(42))},
      {"figma/FIGMA_TOKEN/legacy", digits(6) + "-" + uuid()},
      {"firecrawl/FIRECRAWL_API_KEY/fc", "fc" + ("-" + text(32))},
      {"github/GITHUB_TOKEN/ghp", token_maker::github("ghp_")},
      {"github/GITHUB_TOKEN/github_pat", token_maker::github_fine_grained()},
      {"github/GITHUB_TOKEN/gho", token_maker::github("gho_")},
      {"github/GITHUB_TOKEN/ghu", token_maker::github("ghu_")},
      {"github/GITHUB_TOKEN/ghs", token_maker::github("ghs_")},
      {"github/GITHUB_TOKEN/ghr", "gh" + ("r_" + text(76))},
      {"github/GITHUB_TOKEN/hex40", text(40, 1, kHex)},
      {"gitlab/GITLAB_TOKEN/routable", token_maker::gitlab_routable()},
      {"gitlab/GITLAB_TOKEN/classic", "gl" + ("pat-" + text(20))},
      {"google/GOOGLE_MAPS_API_KEY/aiza", "AI" + ("za" + text(35))},
      {"google/GOOGLE_MAPS_API_KEY/aq", "AQ" + ("." + text(40))},
      {"google/GEMINI_API_KEY/aq", "AQ" + ("." + text(40))},
      {"google/GEMINI_API_KEY/aiza", "AI" + ("za" + text(35))},
      {"grafana/GRAFANA_SERVICE_ACCOUNT_TOKEN/glsa", token_maker::grafana()},
      {"grafana/GRAFANA_SERVICE_ACCOUNT_TOKEN/glc", "gl" + ("c_eyJ" + text(100))},
      {"huggingface/HF_TOKEN/hf", "h" + ("f_" + text(34))},
      {"huggingface/HF_TOKEN/org", "api_" + ("org_" + text(34))},
      {"kubernetes/KUBECONFIG/path", std::string(kPath)},
      {"kubernetes/KUBECONFIG/yaml", std::string(kKubeconfig)},
      {"kubernetes/KUBECONFIG/jwt", token_maker::jwt(R"({"iss":"kubernetes"})")},
      {"linear/LINEAR_API_KEY/lin", "lin" + ("_api_" + text(40))},
      {"mongodb/MONGODB_URI/uri", std::string("mongodb+srv://app:") + "h7Gq2x" + "@cluster.example.net/db"},
      {"notion/NOTION_TOKEN/ntn", "nt" + ("n_" + digits(11)) + text(35)},
      {"notion/NOTION_TOKEN/secret", "secr" + ("et_" + text(43))},
      {"openai/OPENAI_API_KEY/sk", "sk-" + ("proj-" + text(20)) + "T3Bl" + "bkFJ" + text(20)},
      {"postgres/DATABASE_URL/uri", std::string("postgresql://app:") + "h7Gq2x" + "@db.example.net:5432/app"},
      {"posthog/POSTHOG_API_KEY/phx", "ph" + ("x_" + text(43))},
      {"posthog/POSTHOG_API_KEY/phc", "ph" + ("c_" + text(43))},
      {"posthog/POSTHOG_API_KEY/phs", "ph" + ("s_" + text(43))},
      {"sentry/SENTRY_AUTH_TOKEN/user", "sn" + ("tryu_" + text(64, 1, kHex))},
      {"sentry/SENTRY_AUTH_TOKEN/org", token_maker::sentry_organization()},
      {"sentry/SENTRY_AUTH_TOKEN/integration", "sn" + ("tryi_" + text(64, 1, kHex))},
      {"sentry/SENTRY_AUTH_TOKEN/legacy", text(64, 1, kHex)},
      {"slack/SLACK_TOKEN/xoxb", "xo" + ("xb-" + digits(12)) + "-" + digits(12) + "-" + text(24)},
      {"slack/SLACK_TOKEN/xoxp", "xo" + ("xp-" + digits(12)) + "-" + digits(12) + "-" + digits(12) + "-" + text(32)},
      {"slack/SLACK_TOKEN/xoxe_access", "xo" + ("xe.xoxb-1-" + text(160))},
      {"slack/SLACK_TOKEN/xoxe_refresh", "xo" + ("xe-1-" + text(146))},
      {"slack/SLACK_TOKEN/xapp", "xa" + ("pp-1-A0" + digits(8)) + "-" + digits(12) + "-" + text(64, 2, kLower)},
      {"slack/SLACK_TOKEN/xoxc", "xo" + ("xc-" + digits(12)) + "-" + text(64)},
      {"stripe/STRIPE_SECRET_KEY/rk", "rk" + ("_test_" + text(24))},
      {"stripe/STRIPE_SECRET_KEY/sk", "sk" + ("_test_" + text(24))},
      {"stripe/STRIPE_SECRET_KEY/pk", "pk" + ("_test_" + text(24))},
      {"supabase/SUPABASE_ACCESS_TOKEN/sbp", "sb" + ("p_" + text(40, 1, kLower))},
      {"tavily/TAVILY_API_KEY/tvly", "tv" + ("ly-" + text(32))},
      {"terraform/TF_TOKEN/atlasv1", text(14) + ".atlas" + "v1." + text(67, 2)},
      {"zapier/ZAPIER_API_KEY/url", "https://mcp.zapier.com/api/mcp/s/" + text(32) + "/mcp"},
      {"zapier/ZAPIER_API_KEY/opaque", text(40)},
  };
  return all;
}

void each_format(const std::function<void(const std::string& key, const mcpcred::CatalogVariable&,
                                          const mcpcred::TokenFormat&)>& visit) {
  const mcpcred::Catalog catalog("");
  for (const std::string& id : catalog.ids()) {
    const auto server = catalog.find(id).value().value();
    for (const auto& variable : server.variables)
      for (const auto& format : variable.formats) visit(id + "/" + variable.name + "/" + format.id, variable, format);
  }
}

}  // namespace

TEST_CASE("a value of every format of every entry is recognised as that kind") {
  std::size_t count = 0;
  each_format([&](const std::string& key, const auto& variable, const auto& format) {
    INFO(key);
    ++count;
    REQUIRE(samples().contains(key));
    const auto finding = mcpcred::inspect_value(variable, samples().at(key));
    INFO(finding.note);
    CHECK(finding.kind == format.kind);
    CHECK(finding.verdict == (format.wrong_kind.empty() ? FormatVerdict::kOk : FormatVerdict::kWrongKind));
    if (!format.wrong_kind.empty()) CHECK(finding.note == format.wrong_kind);
    CHECK(finding.note.find(samples().at(key)) == std::string::npos);
  });
  CHECK(count == samples().size());
}

TEST_CASE("where a format has a checksum, a changed character is not ok") {
  const std::map<std::string, std::size_t> compared = {
      {"github/GITHUB_TOKEN/ghp", 10},
      {"github/GITHUB_TOKEN/gho", 10},
      {"github/GITHUB_TOKEN/ghu", 10},
      {"github/GITHUB_TOKEN/ghs", 10},
      {"gitlab/GITLAB_TOKEN/routable", 10},
      {"grafana/GRAFANA_SERVICE_ACCOUNT_TOKEN/glsa", 10},
      {"atlassian/JIRA_TOKEN/atatt", 40},
      {"atlassian/CONFLUENCE_TOKEN/atatt", 40},
      {"azure-devops/AZURE_DEVOPS_PAT/legacy", 10},
  };
  std::size_t count = 0;
  each_format([&](const std::string& key, const auto& variable, const auto& format) {
    const auto finding = mcpcred::inspect_value(variable, samples().at(key));
    INFO(key);
    CHECK(finding.checksum == compared.contains(key));
    if (!compared.contains(key)) return;
    ++count;
    const auto bad = mcpcred::inspect_value(variable, token_maker::changed(samples().at(key), compared.at(key)));
    CHECK(bad.verdict == FormatVerdict::kBadChecksum);
    CHECK(bad.kind == format.kind);
    CHECK(bad.checksum);
    CHECK(bad.note.find("checksum does not fit") != std::string::npos);
  });
  CHECK(count == compared.size());
}

TEST_CASE("a value of fixed length with one character more or less is not that kind") {
  std::size_t count = 0;
  each_format([&](const std::string& key, const auto& variable, const auto& format) {
    const std::size_t brace = format.pattern.rfind('{');
    if (!format.pattern.ends_with("}$") || format.pattern.find(',', brace) != std::string::npos) return;
    INFO(key);
    ++count;
    const std::string& sample = samples().at(key);
    CHECK(mcpcred::inspect_value(variable, sample + sample.back()).kind != format.kind);
    CHECK(mcpcred::inspect_value(variable, sample.substr(0, sample.size() - 1)).kind != format.kind);
  });
  CHECK(count > 40);
}
