#include "mcpcred/review.h"

#include "catch.h"

namespace mcpcred::test {
namespace {

const Timestamp kNow = *parse_timestamp("2026-11-24T05:00:00Z");

Credential stored_days_ago(std::string_view variable, int days) {
  Credential credential{*VariableName::parse(variable), AccountName::default_account(), "vault"};
  credential.stored = kNow - std::chrono::days(days);
  credential.created = credential.stored;
  credential.verdict = FormatVerdict::kOk;
  credential.fingerprint = std::string(variable);
  return credential;
}

std::vector<ReviewItem> review(const Registry& registry, std::vector<std::string> servers = {}) {
  const Catalog catalog("");
  return review_registry(registry, catalog, {std::move(servers), {}, "vault", kNow});
}

bool has_finding(const ReviewItem& item, std::string_view code) {
  for (const ReviewFinding& finding : item.findings)
    if (finding.code == code) return true;
  return false;
}

}  // namespace

TEST_CASE("review: age against the guide's schedule") {
  const auto state_after = [](std::string_view variable, int days) {
    Registry registry;
    registry.upsert(stored_days_ago(variable, days));
    return review(registry).front().state;
  };
  CHECK(state_after("GITHUB_TOKEN", 89) == CredentialState::kOk);
  CHECK(state_after("GITHUB_TOKEN", 90) == CredentialState::kDue);
  CHECK(state_after("DATABASE_URL", 59) == CredentialState::kOk);
  CHECK(state_after("DATABASE_URL", 60) == CredentialState::kDue);
  CHECK(state_after("MONGODB_URI", 60) == CredentialState::kDue);
  CHECK(state_after("AWS_ACCESS_KEY_ID", 30) == CredentialState::kDue);
  CHECK(state_after("OF_NO_SERVER", 4000) == CredentialState::kOk);
}

TEST_CASE("review: an entered expiry wins over the age") {
  Registry registry;
  Credential credential = stored_days_ago("GITHUB_TOKEN", 200);
  credential.expires = *parse_date("2027-11-24");
  registry.upsert(credential);
  CHECK(review(registry).front().state == CredentialState::kOk);
  credential.expires = *parse_date("2026-11-30");
  registry.upsert(credential);
  CHECK(has_finding(review(registry).front(), "expires_soon"));
  credential.expires = *parse_date("2026-11-24");
  registry.upsert(credential);
  const ReviewItem ended = review(registry).front();
  CHECK(ended.state == CredentialState::kExpired);
  CHECK(ended.severity() == Severity::kError);
  CHECK(ended.hint.find("mcpcred store GITHUB_TOKEN --replace") == 0);
}

TEST_CASE("review: a server with half of its secrets misses the other half") {
  Registry registry;
  registry.upsert(stored_days_ago("AWS_ACCESS_KEY_ID", 1));
  const auto items = review(registry);
  REQUIRE(items.size() == 2);
  CHECK(items[0].state == CredentialState::kOk);
  CHECK(items[1].variable == "AWS_SECRET_ACCESS_KEY");
  CHECK(items[1].state == CredentialState::kMissing);
}

TEST_CASE("review: a named server that is not stored is missing; the others are not shown") {
  Registry registry;
  registry.upsert(stored_days_ago("GITHUB_TOKEN", 1));
  const auto items = review(registry, {"slack"});
  REQUIRE(items.size() == 1);
  CHECK(items[0].server == "slack");
  CHECK(items[0].state == CredentialState::kMissing);
  CHECK(items[0].hint == "mcpcred store slack");
}

TEST_CASE("review: missing companions, equal values and format findings are warnings") {
  Registry registry;
  registry.upsert(stored_days_ago("AZURE_DEVOPS_PAT", 1));
  Credential wrong = stored_days_ago("POSTHOG_API_KEY", 1);
  wrong.verdict = FormatVerdict::kWrongKind;
  wrong.fingerprint = "AZURE_DEVOPS_PAT";
  registry.upsert(wrong);
  const auto items = review(registry);
  REQUIRE(items.size() == 2);
  CHECK(has_finding(items[0], "companion_missing"));
  CHECK(has_finding(items[0], "same_value"));
  CHECK(has_finding(items[1], "wrong_kind"));
  CHECK(items[1].severity() == Severity::kWarning);
  registry.set_companion({"azure-devops", "default", "AZURE_DEVOPS_ORG", "contoso"});
  CHECK_FALSE(has_finding(review(registry)[0], "companion_missing"));
}

TEST_CASE("review: values that were changed behind our back are told") {
  const StoreKeys keys = StoreKeys::generate();
  const Catalog catalog("");
  Registry registry;
  Credential credential = stored_days_ago("SLACK_TOKEN", 1);
  const Secret value = Secret::copy_of("made-up");
  credential.fingerprint = fingerprint(keys, value);
  registry.upsert(credential);
  ReviewItem same = review(registry).front();
  review_value(same, credential, catalog, keys, value.clone());
  CHECK(same.state == CredentialState::kOk);
  ReviewItem other = review(registry).front();
  review_value(other, credential, catalog, keys, Secret::copy_of("another"));
  CHECK(other.state == CredentialState::kChanged);
  ReviewItem gone = review(registry).front();
  review_value(gone, credential, catalog, keys, std::nullopt);
  CHECK(has_finding(gone, "value_gone"));
}

}  // namespace mcpcred::test
