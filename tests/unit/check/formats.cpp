#include "catch.h"
#include "mcpcred/check.h"
#include "unit/check/token_maker.h"

using mcpcred::CatalogVariable;
using mcpcred::FormatFinding;
using mcpcred::FormatVerdict;
using token_maker::text;

namespace {

FormatFinding inspect(std::string_view server, std::string_view variable, std::string_view value) {
  const auto entry = mcpcred::Catalog("").find(server).value().value();
  return mcpcred::inspect_value(*entry.variable(variable), value);
}

bool says(const FormatFinding& finding, std::string_view part) {
  return finding.note.find(part) != std::string::npos;
}

CatalogVariable with_pattern(std::string pattern) {
  return {"X", "x", true, {{"one", "one kind", std::move(pattern), "", "", ""}}};
}

}  // namespace

TEST_CASE("without known formats nothing is called ok") {
  const CatalogVariable variable{"X", "x", true, {}};
  CHECK(mcpcred::inspect_value(variable, "anything").verdict == FormatVerdict::kUnknown);
  CHECK(mcpcred::inspect_value(variable, " anything").verdict == FormatVerdict::kUnknown);
  CHECK(says(mcpcred::inspect_value(variable, " anything"), "spaces"));
  CHECK(mcpcred::inspect_value(variable, "").verdict == FormatVerdict::kUnknown);
  const CatalogVariable open{"X", "x", true, {{"one", "one", "^a+$", "", "", ""}, {"any", "any", "", "", "", ""}}};
  CHECK(mcpcred::inspect_value(open, "bbb").verdict == FormatVerdict::kUnknown);
  CHECK(mcpcred::inspect_value(open, "aaa").verdict == FormatVerdict::kOk);
}

TEST_CASE("what comes along with copying is named") {
  const std::string token = token_maker::github();
  for (const std::string& value : {" " + token, token + " ", token + "\n", "\t" + token, token + "\r\n"}) {
    CHECK(inspect("github", "GITHUB_TOKEN", value).verdict == FormatVerdict::kMalformed);
    CHECK(says(inspect("github", "GITHUB_TOKEN", value), "spaces or a line end"));
  }
  for (const char quote : {'"', '\'', '`'}) {
    const auto finding = inspect("github", "GITHUB_TOKEN", quote + token + quote);
    CHECK(finding.verdict == FormatVerdict::kMalformed);
    CHECK(says(finding, "quotes"));
  }
  CHECK(says(inspect("github", "GITHUB_TOKEN", token + "\x1b" + "x"), "control characters"));
  CHECK(inspect("github", "GITHUB_TOKEN", "").verdict == FormatVerdict::kMalformed);
}

TEST_CASE("a text from a guide is taken for a placeholder") {
  for (const char* value : {"your-actual-token-here", "<your token>", "ghp_your_actual_token", "xxxxxxxxxxxxxxxxxxxx",
                            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "CHANGEME", "0000000000000000"}) {
    INFO(value);
    CHECK(inspect("github", "GITHUB_TOKEN", value).verdict == FormatVerdict::kMalformed);
    CHECK(says(inspect("github", "GITHUB_TOKEN", value), "placeholder"));
    CHECK(inspect("zapier", "ZAPIER_API_KEY", value).verdict == FormatVerdict::kMalformed);
  }
}

TEST_CASE("wrong kinds are named, with what to use instead") {
  struct Case {
    const char* server;
    const char* variable;
    std::string value;
    const char* instead;
  };
  const std::vector<Case> cases = {
      {"posthog", "POSTHOG_API_KEY", "ph" + ("c_" + text(43)), "personal API key (phx_)"},
      {"sentry", "SENTRY_AUTH_TOKEN", token_maker::sentry_organization(), "personal token (sntryu_)"},
      {"github", "GITHUB_TOKEN", "gh" + ("r_" + text(76)), "ghp_ or github_pat_"},
      {"slack", "SLACK_TOKEN", "xa" + std::string("pp-1-A012345-1234567890-abcdef"), "bot token (xoxb-)"},
      {"atlassian", "JIRA_TOKEN", "ATC" + ("TT3xFfG" + text(60)) + "=" + text(8), "API token (ATATT"},
      {"aws", "AWS_ACCESS_KEY_ID", text(40), "AWS_SECRET_ACCESS_KEY"},
      {"aws", "AWS_SECRET_ACCESS_KEY", "AK" + ("IA" + text(16, 1, token_maker::kBase32)), "AWS_ACCESS_KEY_ID"},
      {"datadog", "DATADOG_API_KEY", text(40, 1, token_maker::kHex), "DATADOG_APP_KEY"},
  };
  for (const Case& one : cases) {
    INFO(one.server);
    const auto finding = inspect(one.server, one.variable, one.value);
    CHECK(finding.verdict == FormatVerdict::kWrongKind);
    CHECK_FALSE(finding.kind.empty());
    CHECK(says(finding, one.instead));
  }
}

TEST_CASE("what the text alone cannot tell is said in a note") {
  const auto terraform = inspect("terraform", "TF_TOKEN", text(14) + ".atlas" + "v1." + text(67, 2));
  CHECK(terraform.verdict == FormatVerdict::kOk);
  CHECK(says(terraform, "organization token cannot plan or apply"));
  const auto temporary = inspect("aws", "AWS_ACCESS_KEY_ID", "AS" + ("IA" + text(16, 1, token_maker::kBase32)));
  CHECK(temporary.verdict == FormatVerdict::kOk);
  CHECK(says(temporary, "AWS_SESSION_TOKEN is needed"));
  CHECK(says(inspect("composio", "COMPOSIO_API_KEY", "ak" + ("_" + text(20))), "needs a consumer key (ck_)"));
  CHECK(inspect("composio", "COMPOSIO_API_KEY", "ck" + ("_" + text(20))).kind == "consumer key");
  CHECK(says(inspect("atlassian", "JIRA_TOKEN", token_maker::atlassian()), "scoped"));
}

TEST_CASE("a value of no known kind is malformed, and the note does not repeat it") {
  const std::string value = "hello-" + text(12);
  const auto finding = inspect("github", "GITHUB_TOKEN", value);
  CHECK(finding.verdict == FormatVerdict::kMalformed);
  CHECK(finding.kind.empty());
  CHECK(says(finding, "none of the known kinds"));
  CHECK_FALSE(says(finding, value));
}

TEST_CASE("the newer, longer GitHub tokens have no checksum to look at") {
  const auto finding = inspect("github", "GITHUB_TOKEN", "gh" + ("s_123456_" + token_maker::jwt(R"({"exp":1})")));
  CHECK(finding.verdict == FormatVerdict::kOk);
  CHECK_FALSE(finding.checksum);
}

TEST_CASE("a new Azure DevOps token is not older than its month") {
  const auto finding = inspect("azure-devops", "AZURE_DEVOPS_PAT", token_maker::azure_new('C', 'D'));
  CHECK(finding.verdict == FormatVerdict::kOk);
  REQUIRE(finding.created_not_before);
  CHECK(mcpcred::format_date(*finding.created_not_before) == "2026-04-01");
  CHECK_FALSE(inspect("azure-devops", "AZURE_DEVOPS_PAT", token_maker::azure_legacy()).created_not_before);
}

TEST_CASE("connection strings: placeholders and missing passwords") {
  const auto postgres = [](const std::string& uri) { return inspect("postgres", "DATABASE_URL", uri); };
  const std::string good = std::string("postgres://app:") + "k3%40Zr" + "@db.example.net/app?sslmode=verify-full";
  CHECK(postgres(good).verdict == FormatVerdict::kOk);
  CHECK(postgres(good).note.empty());
  CHECK(postgres(std::string("postgresql://a:") + "k3Zr" + "@h1:5432,h2:5433/app").verdict == FormatVerdict::kOk);
  CHECK(postgres(std::string("postgres:///app?user=a&password=") + "k3Zr").note.empty());
  for (const char* uri :
       {"postgres://user:pass@localhost/db", "postgresql://app:password@db/app", "postgres://app:PASSWORD@db/app",
        "postgres://app:<password>@db/app", "postgres://app:[YOUR-PASSWORD]@db/app", "postgres://app:${PW}@db/app",
        "postgres://app:****@db/app", "postgres://db/app?password=changeme"}) {
    INFO(uri);
    CHECK(postgres(uri).verdict == FormatVerdict::kMalformed);
    CHECK(says(postgres(uri), "placeholder"));
  }
  for (const char* uri : {"postgres://app@db/app", "postgres://db/app", "postgres://app:@db/app"}) {
    INFO(uri);
    CHECK(postgres(uri).verdict == FormatVerdict::kOk);
    CHECK(says(postgres(uri), "no password"));
  }
  CHECK(postgres("mysql://app@db/app").verdict == FormatVerdict::kMalformed);
  CHECK(postgres("postgres://app:x y@db/app").verdict == FormatVerdict::kMalformed);
  CHECK(inspect("mongodb", "MONGODB_URI", "mongodb+srv://user:pass@cluster.example.net").verdict ==
        FormatVerdict::kMalformed);
}

TEST_CASE("a kubeconfig is recognised as text of any length, and its dates are read") {
  const auto kubeconfig = [](const std::string& content) { return inspect("kubernetes", "KUBECONFIG", content); };
  std::string content = "apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user:\n    token: " +
                        token_maker::jwt(R"({"exp":1800000000})") + "\n";
  auto finding = kubeconfig(content);
  CHECK(finding.verdict == FormatVerdict::kOk);
  CHECK(finding.kind == "kubeconfig text");
  REQUIRE(finding.expires);
  CHECK(mcpcred::format_date(*finding.expires) == "2027-01-15");
  CHECK_FALSE(finding.checksum);
  content += "- name: b\n  user: \n    token: \"" + token_maker::jwt(R"({"exp":1700000000})") + "\"\n";
  CHECK(mcpcred::format_date(kubeconfig(content).expires.value()) == "2023-11-14");
  content += "    insecure-skip-tls-verify: true\n    exec:\n" + std::string(20000, '#');
  CHECK(says(kubeconfig(content), "verification"));
  CHECK(says(kubeconfig(content), "exec"));
  CHECK(kubeconfig(R"({"apiVersion": "v1", "kind": "Config"})").verdict == FormatVerdict::kMalformed);
  CHECK(kubeconfig("{\n\"apiVersion\": \"v1\",\n\"kind\": \"Config\"\n}").verdict == FormatVerdict::kOk);
  CHECK(kubeconfig("kind: Pod\napiVersion: v1\n").verdict == FormatVerdict::kMalformed);
  CHECK(kubeconfig("relative/config").verdict == FormatVerdict::kMalformed);
  const auto bare = kubeconfig(token_maker::jwt(R"({"exp":1800000000})"));
  CHECK(bare.verdict == FormatVerdict::kWrongKind);
  CHECK(bare.expires.has_value());
}

TEST_CASE("a broken JWT has no date, and nothing worse happens") {
  const CatalogVariable variable{"X", "x", true, {{"jwt", "JWT", "^.+$", "jwt", "", ""}}};
  CHECK(mcpcred::inspect_value(variable, token_maker::jwt(R"({"exp":1800000000})")).expires.has_value());
  for (const std::string& value :
       {token_maker::jwt("{}"), token_maker::jwt(R"({"exp":"soon"})"), token_maker::jwt(R"({"exp":-5})"),
        token_maker::jwt(R"({"exp":1e400})"), token_maker::jwt(R"({"exp":99999999999999})"), token_maker::jwt("[1]"),
        std::string("a.b.c"), std::string("a.%%%.c"), std::string("..")})
    CHECK_FALSE(mcpcred::inspect_value(variable, value).expires.has_value());
}

TEST_CASE("patterns see one line and no long value") {
  CHECK(mcpcred::inspect_value(with_pattern("^a[^x]+$"), "abc").verdict == FormatVerdict::kOk);
  CHECK(mcpcred::inspect_value(with_pattern("^a[^x]+$"), "ab\nc").verdict == FormatVerdict::kMalformed);
  CHECK(mcpcred::inspect_value(with_pattern("^a.+$"), "ab\nc").verdict == FormatVerdict::kMalformed);
  CHECK(mcpcred::inspect_value(with_pattern("^a[\\s\\S]+$"), "ab\nc").verdict == FormatVerdict::kOk);
  CHECK(mcpcred::inspect_value(with_pattern("^a[a-z\\n]+$"), "ab\nc").verdict == FormatVerdict::kOk);
  CHECK(mcpcred::inspect_value(with_pattern("b"), "abc").verdict == FormatVerdict::kMalformed);
  CHECK(mcpcred::inspect_value(with_pattern("^[ab]+$"), "a" + std::string(4095, 'b')).verdict == FormatVerdict::kOk);
  const auto longer = mcpcred::inspect_value(with_pattern("^[ab]+$"), "a" + std::string(4096, 'b'));
  CHECK(longer.verdict == FormatVerdict::kUnknown);
  CHECK(says(longer, "too long"));
  CHECK(mcpcred::inspect_value(with_pattern("^[a-"), "a1").verdict == FormatVerdict::kMalformed);
}

TEST_CASE("verdicts have stable names") {
  for (const auto verdict : {FormatVerdict::kUnknown, FormatVerdict::kOk, FormatVerdict::kBadChecksum,
                             FormatVerdict::kWrongKind, FormatVerdict::kMalformed})
    CHECK(mcpcred::verdict_from_name(mcpcred::verdict_name(verdict)) == verdict);
  CHECK(mcpcred::verdict_name(FormatVerdict::kBadChecksum) == "bad_checksum");
  CHECK_FALSE(mcpcred::verdict_from_name("OK").has_value());
}
