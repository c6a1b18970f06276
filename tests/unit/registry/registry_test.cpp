#include "mcpcred/registry.h"

#include "catch.h"
#include "platform/file.h"
#include "temp_folder.h"

namespace mcpcred::test {
namespace {

Credential credential(std::string_view variable, std::string_view account = "default") {
  Credential made{*VariableName::parse(variable), *AccountName::parse(account), "vault"};
  made.created = *parse_timestamp("2026-11-01T10:00:00Z");
  made.stored = *parse_timestamp("2026-11-02T10:00:00Z");
  return made;
}

Approval approval(std::string server) {
  Approval made;
  made.server = std::move(server);
  made.account = "default";
  made.program = "npx";
  made.executable = "/usr/bin/npx";
  made.args = {"-y", "a b", "\"quoted\""};
  made.env = {"TOKEN"};
  made.hosts = {{"HOST", "https://example.org"}};
  made.by = "approve";
  return made;
}

Registry filled() {
  Registry registry;
  registry.pinned_store = "vault";
  registry.anchor = StoreAnchor{"00112233445566778899aabbccddeeff", 7};
  Credential one = credential("GITHUB_TOKEN");
  one.expires = *parse_date("2027-02-21");
  one.verdict = FormatVerdict::kBadChecksum;
  one.checksum = true;
  one.kind = "classic personal access token";
  one.fingerprint = "0011223344556677";
  registry.upsert(std::move(one));
  registry.upsert(credential("AWS_ACCESS_KEY_ID", "work"));
  registry.trust.approvals.push_back(approval("github"));
  registry.set_companion({"azure-devops", "default", "AZURE_DEVOPS_ORG", "contoso"});
  return registry;
}

}  // namespace

TEST_CASE("registry: what was written is read back") {
  const Registry before = filled();
  const auto after = parse_registry(format_registry(before));
  REQUIRE(after);
  CHECK(format_registry(*after) == format_registry(before));
  REQUIRE(after->credentials.size() == 2);
  CHECK(after->credentials[0].variable.str() == "AWS_ACCESS_KEY_ID");
  CHECK(after->credentials[1].expires == *parse_date("2027-02-21"));
  CHECK(after->credentials[1].verdict == FormatVerdict::kBadChecksum);
  CHECK(after->anchor->generation == 7);
  CHECK(*after->companion("azure-devops", "default", "AZURE_DEVOPS_ORG") == "contoso");
  CHECK(after->companion("azure-devops", "work", "AZURE_DEVOPS_ORG") == nullptr);
}

TEST_CASE("registry: a newer version is refused with the upgrade text") {
  std::string text = format_registry(filled());
  text.replace(text.find("\"version\": 1"), 12, "\"version\": 2");
  const auto parsed = parse_registry(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == ErrorCode::kNewerVersion);
  CHECK(parsed.error().hint.find("upgrade") != std::string::npos);
}

TEST_CASE("registry: damaged text is refused") {
  const std::string good = format_registry(filled());
  const auto refused = [](const std::string& text) {
    const auto parsed = parse_registry(text);
    return !parsed && parsed.error().code == ErrorCode::kCorrupt;
  };
  CHECK(refused(""));
  CHECK(refused("[]"));
  CHECK(refused("{}"));
  CHECK(refused(good.substr(0, good.size() / 2)));
  CHECK(refused(good + std::string(1, '\0')));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  CHECK(refused(with("\"registry\"", "\"other\"")));
  CHECK(refused(with("\"GITHUB_TOKEN\"", "\"AWS_ACCESS_KEY_ID\", \"x\": 1")));
  CHECK(refused(with("2026-11-02T10:00:00Z", "2026-13-02T10:00:00Z")));
  CHECK(refused(with("\"bound\"", "\"loose\"")));
  CHECK(refused(with("\"format\": \"bad_checksum\"", "\"format\": \"fine\"")));
}

TEST_CASE("registry: every change of what decides a release breaks the seal") {
  StoreKeys keys = StoreKeys::generate();
  Registry registry = filled();
  registry.trust_mac = registry.make_seal(keys);
  CHECK_FALSE(registry.verify_trust(keys));  // genuine, but not one that counts: an older registry put back
  keys.seals = {registry.trust_mac};
  REQUIRE(registry.verify_trust(keys));
  CHECK(parse_registry(format_registry(registry))->verify_trust(keys));

  const auto broken = [&](auto change) {
    Registry changed = *parse_registry(format_registry(registry));
    change(changed);
    const auto verdict = changed.verify_trust(keys);
    return !verdict && verdict.error().code == ErrorCode::kTampered;
  };
  CHECK(broken([](Registry& r) { r.trust.policy = Policy::kOpen; }));
  CHECK(broken([](Registry& r) { r.trust.approvals.clear(); }));
  CHECK(broken([](Registry& r) { r.trust.approvals[0].executable = "/tmp/npx"; }));
  CHECK(broken([](Registry& r) { r.trust.approvals[0].args.push_back("x"); }));
  CHECK(broken([](Registry& r) { r.trust.approvals[0].hosts["HOST"] = "https://evil.example"; }));
  CHECK(broken([](Registry& r) { r.trust.companions[0].value = "evil"; }));
  CHECK(broken([](Registry& r) { r.trust_mac.clear(); }));
  CHECK(broken([](Registry& r) { r.pinned_store = "env"; }));
  CHECK(broken([](Registry& r) { r.anchor->id[0] = 'f'; }));
  StoreKeys others = StoreKeys::generate();
  others.seals = keys.seals;
  CHECK_FALSE(registry.verify_trust(others));

  Registry newer = *parse_registry(format_registry(registry));
  newer.anchor->generation = 8;  // each write raises it; the seal is about what may be released
  newer.upsert(credential("SLACK_TOKEN"));
  CHECK(newer.verify_trust(keys));
}

TEST_CASE("registry: the store's own keys survive their text form and nothing else does") {
  StoreKeys keys = StoreKeys::generate();
  keys.seals = {"c2VhbA", "b3RoZXI"};
  keys.passphrase = true;
  const Secret text = keys.to_text();
  const auto read = StoreKeys::from_text(text.reveal());
  REQUIRE(read);
  CHECK(read->registry == keys.registry);
  CHECK(read->fingerprint == keys.fingerprint);
  CHECK(read->audit == keys.audit);
  CHECK(read->seals == keys.seals);
  CHECK(read->passphrase);
  CHECK_FALSE(StoreKeys::from_text("{}"));
  CHECK_FALSE(StoreKeys::from_text(text.reveal().substr(1)));
  const auto newer = StoreKeys::from_text(R"({"v":2})");
  REQUIRE_FALSE(newer);
  CHECK(newer.error().code == ErrorCode::kNewerVersion);
}

TEST_CASE("registry: fingerprints are equal for equal values and say nothing without the key") {
  const StoreKeys keys = StoreKeys::generate();
  const Secret value = Secret::copy_of("made-up value");
  CHECK(fingerprint(keys, value) == fingerprint(keys, value.clone()));
  CHECK(fingerprint(keys, value) != fingerprint(keys, Secret::copy_of("made-up valuf")));
  CHECK(fingerprint(keys, value) != fingerprint(StoreKeys::generate(), value));
  CHECK(fingerprint(keys, value).size() == 16);
}

TEST_CASE("registry: a file is read back, and an absent one reads as empty") {
  const TempFolder folder;
  const RegistryFile file(folder.path() + "/state");
  const auto empty = file.load();
  REQUIRE(empty);
  CHECK(empty->credentials.empty());
  REQUIRE(file.save(filled()));
  CHECK(format_registry(*file.load()) == format_registry(filled()));
}

}  // namespace mcpcred::test
