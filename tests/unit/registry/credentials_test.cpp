#include "mcpcred/credentials.h"

#include <map>
#include <stdexcept>

#include "catch.h"
#include "mcpcred/store.h"
#include "temp_folder.h"

namespace mcpcred::test {
namespace {

// A store in memory; tests/contract holds the real ones to the same rules.
class MapStore final : public SecretStore {
 public:
  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"vault", "the test store", kMaxSecretBytes, true, true};
    return kTraits;
  }
  Result<void> available() override { return {}; }
  Result<std::optional<Secret>> get(const EntryKey& key) override {
    const auto at = items.find(key);
    return at == items.end() ? std::optional<Secret>() : std::optional<Secret>(at->second.clone());
  }
  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    std::vector<std::optional<Secret>> values;
    for (const EntryKey& key : keys) values.push_back(*get(key));
    return values;
  }
  Result<void> put(const EntryKey& key, const Secret& value) override {
    if (fail_put && !key.is_hidden()) return fail(ErrorCode::kIo, "the disk is full");
    if (die_at_put && !key.is_hidden()) throw std::runtime_error("killed");
    items.insert_or_assign(key, value.clone());
    return {};
  }
  Result<bool> erase(const EntryKey& key) override { return items.erase(key) != 0; }
  Result<std::vector<EntryKey>> list() override {
    std::vector<EntryKey> keys;
    for (const auto& [key, value] : items)
      if (!key.is_hidden()) keys.push_back(key);
    return keys;
  }
  std::map<EntryKey, Secret> items;
  bool fail_put = false;
  bool die_at_put = false;
};

struct Home {
  TempFolder folder;
  RegistryFile file{folder.path() + "/state"};
  MapStore store;
  Credentials credentials{file, store, nullptr, *parse_timestamp("2026-11-24T05:00:00Z")};
};

VariableName name(std::string_view text) {
  return *VariableName::parse(text);
}

StoreRequest request_for(std::string_view variable, std::string_view value) {
  StoreRequest request;
  request.values.push_back({name(variable), Secret::copy_of(value)});
  return request;
}

Approval catalog_approval(std::string executable) {
  Approval approval;
  approval.server = "aws";
  approval.account = "default";
  approval.catalog = true;
  approval.program = "uvx";
  approval.executable = std::move(executable);
  approval.by = "store";
  return approval;
}

StoreRequest aws_request(std::vector<std::string_view> variables, const std::string& executable) {
  StoreRequest request;
  request.server = "aws";
  for (const std::string_view variable : variables)
    request.values.push_back({name(variable), Secret::copy_of("value of " + std::string(variable))});
  request.server_secrets = {EntryKey(name("AWS_ACCESS_KEY_ID")), EntryKey(name("AWS_SECRET_ACCESS_KEY"))};
  request.bound_names = {"AWS_HOST"};
  request.replace = true;
  request.approval = [executable](const Registry&) -> Result<Approval> { return catalog_approval(executable); };
  return request;
}

}  // namespace

TEST_CASE("credentials: storing makes keys, pins the store and seals the registry") {
  Home home;
  REQUIRE(home.credentials.store(request_for("GITHUB_TOKEN", "made-up")));
  const auto registry = home.file.load();
  CHECK(registry->pinned_store == "vault");
  REQUIRE(registry->find(EntryKey(name("GITHUB_TOKEN"))) != nullptr);
  const auto keys = StoreKeys::from_text(home.store.items.at(EntryKey::keys()).reveal());
  CHECK(registry->verify_trust(*keys));
  const auto released = home.credentials.release(*registry, std::vector{EntryKey(name("GITHUB_TOKEN"))});
  REQUIRE(released);
  CHECK((*released)[0]->reveal() == "made-up");
}

TEST_CASE("credentials: a present value is replaced only when that was said") {
  Home home;
  REQUIRE(home.credentials.store(request_for("GITHUB_TOKEN", "first")));
  const auto again = home.credentials.store(request_for("GITHUB_TOKEN", "second"));
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::kConflict);
  CHECK(home.store.items.at(EntryKey(name("GITHUB_TOKEN"))).reveal() == "first");
  StoreRequest replace = request_for("GITHUB_TOKEN", "second");
  replace.replace = true;
  REQUIRE(home.credentials.store(std::move(replace)));
  CHECK(home.store.items.at(EntryKey(name("GITHUB_TOKEN"))).reveal() == "second");
}

TEST_CASE("credentials: A11 names that differ in letter case only are refused") {
  Home home;
  REQUIRE(home.credentials.store(request_for("GITHUB_TOKEN", "first")));
  const auto lower = home.credentials.store(request_for("github_token", "second"));
  REQUIRE_FALSE(lower);
  CHECK(lower.error().code == ErrorCode::kInvalidInput);
  CHECK(home.store.items.count(EntryKey(name("github_token"))) == 0);
}

TEST_CASE("credentials: equal values under two names are told") {
  Home home;
  REQUIRE(home.credentials.store(request_for("JIRA_TOKEN", "made-up")));
  const auto outcome = home.credentials.store(request_for("CONFLUENCE_TOKEN", "made-up"));
  REQUIRE(outcome);
  CHECK(outcome->same_value_as == std::vector<std::string>{"JIRA_TOKEN"});
}

TEST_CASE("credentials: a store that fails changes nothing in the registry") {
  Home home;
  REQUIRE(home.credentials.store(request_for("GITHUB_TOKEN", "first")));
  const std::string before = format_registry(*home.file.load());
  home.store.fail_put = true;
  CHECK_FALSE(home.credentials.store(request_for("SLACK_TOKEN", "second")));
  CHECK(format_registry(*home.file.load()) == before);
}

TEST_CASE("credentials: keys that are gone are never made anew in silence") {
  Home home;
  REQUIRE(home.credentials.store(aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx")));
  home.store.items.erase(EntryKey::keys());
  const auto registry = *home.file.load();
  const auto released = home.credentials.release(registry, std::vector{EntryKey(name("AWS_ACCESS_KEY_ID"))});
  REQUIRE_FALSE(released);
  CHECK(released.error().code == ErrorCode::kTampered);
  const auto stored = home.credentials.store(request_for("GITHUB_TOKEN", "first"));
  REQUIRE_FALSE(stored);
  CHECK(stored.error().code == ErrorCode::kTampered);
  CHECK(home.store.items.count(EntryKey::keys()) == 0);
}

TEST_CASE("credentials: an edited registry releases nothing and is not sealed by the next store") {
  Home home;
  REQUIRE(home.credentials.store(aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx")));
  Registry edited = *home.file.load();
  edited.trust.approvals[0].executable = "/tmp/evil";
  REQUIRE(home.file.save(edited));
  CHECK_FALSE(home.credentials.release(edited, std::vector{EntryKey(name("AWS_ACCESS_KEY_ID"))}));
  const auto stored = home.credentials.store(request_for("GITHUB_TOKEN", "first"));
  REQUIRE_FALSE(stored);
  CHECK(stored.error().code == ErrorCode::kTampered);

  // A person's yes drops what cannot be trusted.
  REQUIRE(home.credentials.change_trust([](Registry&) -> Result<void> { return {}; }, true));
  CHECK(home.file.load()->trust.approvals.empty());
  CHECK(home.credentials.store(request_for("GITHUB_TOKEN", "first")));
}

TEST_CASE("credentials: another program than the approved one is not approved by a store, and neither stays") {
  Home home;
  const std::vector<std::string_view> both = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"};
  REQUIRE(home.credentials.store(aws_request(both, "/usr/bin/uvx")));
  REQUIRE(home.credentials.store(aws_request(both, "/usr/bin/uvx"))->approval);
  for (const auto& variables : {both, std::vector<std::string_view>{"AWS_SECRET_ACCESS_KEY"}}) {
    Home fresh;
    REQUIRE(fresh.credentials.store(aws_request(both, "/usr/bin/uvx")));
    const auto moved = fresh.credentials.store(aws_request(variables, "/tmp/evil/uvx"));
    REQUIRE(moved);
    CHECK_FALSE(moved->approval);
    CHECK(moved->concerns.size() == 1);
    CHECK(fresh.file.load()->trust.approvals.empty());
  }
  // A script whose PATH does not have the program changes nothing.
  REQUIRE(home.credentials.store(aws_request(both, "")));
  REQUIRE(home.file.load()->trust.approvals.size() == 1);
  CHECK(home.file.load()->trust.approvals[0].executable == "/usr/bin/uvx");
  StoreRequest confirmed = aws_request(both, "/opt/bin/uvx");
  confirmed.confirmed = true;
  REQUIRE(home.credentials.store(std::move(confirmed)));
  CHECK(home.file.load()->trust.approvals[0].executable == "/opt/bin/uvx");
}

TEST_CASE("credentials M6: an older registry put back releases nothing, nor is it sealed by the next store") {
  Home home;
  const std::vector<std::string_view> both = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"};
  REQUIRE(home.credentials.store(aws_request(both, "/usr/bin/uvx")));
  const Registry older = *home.file.load();
  REQUIRE(home.credentials.change_trust(
      [](Registry& registry) -> Result<void> {
        registry.trust.approvals.clear();
        return {};
      },
      false));
  REQUIRE(home.file.save(older));
  CHECK_FALSE(home.credentials.release(older, std::vector{EntryKey(name("AWS_ACCESS_KEY_ID"))}));
  CHECK_FALSE(home.credentials.store(request_for("GITHUB_TOKEN", "x")));
}

TEST_CASE("credentials: a registry that is gone, or another one, is not sealed anew in silence") {
  Home home;
  const std::vector<std::string_view> both = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"};
  REQUIRE(home.credentials.store(aws_request(both, "/usr/bin/uvx")));
  REQUIRE(home.file.save(Registry{}));
  StoreRequest redirect = aws_request({}, "/tmp/evil/uvx");
  redirect.companions.push_back({"aws", "default", "AWS_HOST", "https://evil.example"});
  const auto refused = home.credentials.store(std::move(redirect));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kTampered);
  CHECK_FALSE(home.credentials.store(aws_request(both, "/tmp/evil/uvx")));
}

TEST_CASE("credentials: rows taken out of the registry do not make a stored secret a new one") {
  Home home;
  REQUIRE(home.credentials.store(aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx")));
  Registry edited = *home.file.load();
  edited.credentials.clear();
  REQUIRE(home.file.save(edited));
  StoreRequest redirect = aws_request({}, "/usr/bin/uvx");
  redirect.companions.push_back({"aws", "default", "AWS_HOST", "https://evil.example"});
  const auto refused = home.credentials.store(std::move(redirect));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kRefused);
}

TEST_CASE("credentials: what was set before the first secret, and an entry of the user's, wait for a person") {
  Home home;
  StoreRequest prepared = aws_request({}, "/usr/bin/uvx");
  prepared.companions.push_back({"aws", "default", "AWS_HOST", "https://evil.example"});
  REQUIRE(home.credentials.store(std::move(prepared)));
  const auto with_host = [](std::string entry) {
    return [entry](const Registry& registry) -> Result<Approval> {
      Approval approval = catalog_approval("/usr/bin/uvx");
      approval.entry = entry;
      if (const std::string* host = registry.companion("aws", "default", "AWS_HOST"))
        approval.hosts["AWS_HOST"] = *host;
      return approval;
    };
  };
  StoreRequest first = aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx");
  first.approval = with_host("");
  const auto stored = home.credentials.store(std::move(first));
  REQUIRE(stored);
  CHECK_FALSE(stored->approval);
  CHECK(stored->concerns.size() == 1);
  CHECK(home.file.load()->trust.approvals.empty());

  Home other;
  StoreRequest own = aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx");
  own.approval = with_host("digest");
  CHECK_FALSE(other.credentials.store(std::move(own))->approval);
  CHECK(other.file.load()->trust.approvals.empty());
}

TEST_CASE("credentials K1: a change that was stopped half way is seen, and a failed one leaves the old registry") {
  Home home;
  REQUIRE(home.credentials.store(request_for("GITHUB_TOKEN", "first")));
  home.store.die_at_put = true;
  StoreRequest replace = request_for("GITHUB_TOKEN", "second");
  replace.replace = true;
  CHECK_THROWS(home.credentials.store(std::move(replace)));
  CHECK(home.file.load()->find(EntryKey(name("GITHUB_TOKEN")))->pending);
  home.store.die_at_put = false;
  StoreRequest again = request_for("GITHUB_TOKEN", "second");
  again.replace = true;
  REQUIRE(home.credentials.store(std::move(again)));
  CHECK_FALSE(home.file.load()->find(EntryKey(name("GITHUB_TOKEN")))->pending);
}

TEST_CASE("credentials: a host cannot be put before a stored secret without a person") {
  Home home;
  REQUIRE(home.credentials.store(aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx")));
  StoreRequest redirect = aws_request({}, "/usr/bin/uvx");
  redirect.companions.push_back({"aws", "default", "AWS_HOST", "https://evil.example"});
  const auto refused = home.credentials.store(std::move(redirect));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kRefused);
  CHECK(home.file.load()->trust.companions.empty());
  StoreRequest confirmed = aws_request({}, "/usr/bin/uvx");
  confirmed.companions.push_back({"aws", "default", "AWS_HOST", "https://aws.example"});
  confirmed.confirmed = true;
  REQUIRE(home.credentials.store(std::move(confirmed)));
  CHECK(home.file.load()->trust.companions.size() == 1);
}

TEST_CASE("credentials: deleting the last secret of a server takes its approval and settings along") {
  Home home;
  REQUIRE(home.credentials.store(aws_request({"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, "/usr/bin/uvx")));
  REQUIRE(home.credentials.store(request_for("GITHUB_TOKEN", "first")));
  const std::vector both = {EntryKey(name("AWS_ACCESS_KEY_ID")), EntryKey(name("AWS_SECRET_ACCESS_KEY"))};
  const auto one = home.credentials.erase(std::vector{both[0]}, "aws", both);
  REQUIRE(one);
  CHECK(home.file.load()->trust.approvals.size() == 1);
  REQUIRE(home.credentials.erase(std::vector{both[1]}, "aws", both));
  CHECK(home.file.load()->trust.approvals.empty());
  CHECK(home.file.load()->find(both[0]) == nullptr);
  CHECK(home.store.items.count(both[1]) == 0);
  const auto registry = *home.file.load();
  CHECK(home.credentials.release(registry, std::vector{EntryKey(name("GITHUB_TOKEN"))}));
}

TEST_CASE("credentials: a value that the registry does not know is found and not overwritten") {
  Home home;
  home.store.items.insert_or_assign(EntryKey(name("GITHUB_TOKEN")), Secret::copy_of("of a killed command"));
  CHECK((*home.credentials.names({}, AccountName::default_account(), {})).size() == 1);
  const auto stored = home.credentials.store(request_for("GITHUB_TOKEN", "new"));
  REQUIRE_FALSE(stored);
  CHECK(stored.error().code == ErrorCode::kConflict);
}

}  // namespace mcpcred::test
