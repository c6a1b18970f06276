#include <map>

#include "catch.h"
#include "contract/store_contract.h"
#include "store/credential_blob.h"
#include "store/credential_items.h"

// The Credential Manager's store over items in memory that are as Windows': it does not tell letter case apart, and
// takes no item over its limit. So all of the store but Windows' own calls is tested on every system.
namespace mcpcred::test {
namespace {

using namespace std::string_literals;

struct Items {
  std::map<std::string, CredentialItem> items;
  int calls_left = -1;  // a program that is killed makes no more of them; below 0: no limit
};

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

class FakeItems final : public CredentialItems {
 public:
  explicit FakeItems(std::shared_ptr<Items> state) : state_(std::move(state)) {}

  Result<std::optional<CredentialItem>> read(const std::string& target) override {
    MCPCRED_CHECK(call());
    const auto at = state_->items.find(lower(target));
    if (at == state_->items.end()) return std::optional<CredentialItem>();
    return std::optional<CredentialItem>(copy(at->second));
  }
  Result<void> write(const CredentialItem& item) override {
    MCPCRED_CHECK(call());
    if (item.blob.size() > kMaxCredentialBlob || item.comment.size() > 256) return fail(ErrorCode::kIo, "bad length");
    state_->items.insert_or_assign(lower(item.target), copy(item));
    return {};
  }
  Result<bool> remove(const std::string& target) override {
    MCPCRED_CHECK(call());
    return state_->items.erase(lower(target)) != 0;
  }
  Result<std::vector<std::string>> names(const std::string& prefix) override {
    MCPCRED_CHECK(call());
    std::vector<std::string> found;
    for (const auto& [name, item] : state_->items)
      if (name.starts_with(lower(prefix))) found.push_back(item.target);
    return found;
  }

 private:
  static CredentialItem copy(const CredentialItem& item) { return {item.target, item.comment, item.blob.clone()}; }
  Result<void> call() {
    if (state_->calls_left == 0) return fail(ErrorCode::kIo, "killed");
    if (state_->calls_left > 0) --state_->calls_left;
    return {};
  }
  std::shared_ptr<Items> state_;
};

struct Manager {
  std::shared_ptr<Items> state = std::make_shared<Items>();
  std::unique_ptr<SecretStore> store = open();

  std::unique_ptr<SecretStore> open() const {
    return make_credential_manager_store(std::make_unique<FakeItems>(state));
  }
  void foreign(const std::string& target, std::string_view blob, const std::string& comment = {}) const {
    state->items.insert_or_assign(lower(target), CredentialItem{target, comment, Secret::copy_of(blob)});
  }
  std::string value(std::string_view variable) const {
    const auto got = store->get(EntryKey(*VariableName::parse(variable)));
    if (!got) return "(" + std::string(error_info(got.error().code).name) + ")";
    return *got ? std::string((*got)->reveal()) : "(none)";
  }
};

const EntryKey kKey(*VariableName::parse("SOME_TOKEN"));

// A made-up value that needs `items` of them.
std::string value_of(std::size_t items, char letter) {
  return std::string(items * kMaxCredentialBlob / 2 - 10, letter);
}

}  // namespace

TEST_CASE("contract: the Credential Manager over items in memory", "[contract]") {
  const Manager manager;
  const auto second = manager.open();
  check_store_contract(*manager.store, *second);
  CHECK(manager.state->items.empty());
}

TEST_CASE("credential manager L1: a long value is in numbered items, and a shorter one leaves none of them") {
  const Manager manager;
  REQUIRE(manager.store->put(kKey, Secret::copy_of(value_of(3, 'a'))));
  CHECK(manager.state->items.size() == 3);
  CHECK(manager.state->items.contains("some_token#2"));
  CHECK(manager.state->items.contains("some_token#3"));
  CHECK(manager.store->list()->size() == 1);
  REQUIRE(manager.store->put(kKey, Secret::copy_of("short")));
  CHECK(manager.state->items.size() == 1);
  REQUIRE(manager.store->put(kKey, Secret::copy_of(value_of(4, 'b'))));
  CHECK(*manager.store->erase(kKey));
  CHECK(manager.state->items.empty());
}

TEST_CASE("credential manager: a letter of two units is not torn apart") {
  const Manager manager;
  for (const std::size_t before : {1278U, 1279U, 1280U}) {
    const std::string value = std::string(before, 'x') + "\xf0\x9d\x84\x9e" + std::string(5, 'y');
    REQUIRE(manager.store->put(kKey, Secret::copy_of(value)));
    CHECK(manager.value("SOME_TOKEN") == value);
  }
}

TEST_CASE("credential manager: whenever a write is killed, the former value or the new one is read") {
  for (const std::size_t before : {1U, 2U, 4U}) {
    for (const std::size_t after : {1U, 2U, 3U, 6U}) {
      for (int calls = 0;; ++calls) {
        const Manager manager;
        REQUIRE(manager.store->put(kKey, Secret::copy_of(value_of(before, 'a'))));
        manager.state->calls_left = calls;
        const auto done = manager.open()->put(kKey, Secret::copy_of(value_of(after, 'b')));
        manager.state->calls_left = -1;
        INFO(before << " items, then " << after << ", killed after " << calls << " calls");
        const std::string value = manager.value("SOME_TOKEN");
        CHECK((value == value_of(before, 'a') || value == value_of(after, 'b')));
        if (done) CHECK(value == value_of(after, 'b'));
        // The next one clears up.
        REQUIRE(manager.store->put(kKey, Secret::copy_of(value_of(2, 'c'))));
        CHECK(manager.value("SOME_TOKEN") == value_of(2, 'c'));
        CHECK(manager.state->items.size() == 2);
        if (done) break;
      }
    }
  }
}

TEST_CASE("credential manager: parts of two writes are never joined") {
  const Manager manager;
  REQUIRE(manager.store->put(kKey, Secret::copy_of(value_of(3, 'a'))));
  const CredentialItem& former = manager.state->items.at("some_token#3");
  const CredentialItem kept{former.target, former.comment, former.blob.clone()};
  REQUIRE(manager.store->erase(kKey));
  REQUIRE(manager.store->put(kKey, Secret::copy_of(value_of(3, 'b'))));
  manager.foreign(kept.target, kept.blob.reveal(), kept.comment);
  CHECK(manager.value("SOME_TOKEN") == "(corrupt)");
  manager.state->items.erase("some_token#3");
  CHECK(manager.value("SOME_TOKEN") == "(corrupt)");
  REQUIRE(manager.store->put(kKey, Secret::copy_of("new")));
  CHECK(manager.value("SOME_TOKEN") == "new");
}

TEST_CASE("credential manager: items of other tools are read, replaced and listed") {
  const Manager manager;
  manager.foreign("GITHUB_TOKEN", "g\0h\0p\0"s, "Updated by: someone");
  manager.foreign("SLACK_TOKEN", "xoxb-made-up");
  manager.foreign("EMPTY_TOKEN", "");
  manager.foreign("git:https://example.org", "x");
  CHECK(manager.value("GITHUB_TOKEN") == "ghp");
  CHECK(manager.value("SLACK_TOKEN") == "xoxb-made-up");
  CHECK(manager.value("EMPTY_TOKEN") == "(none)");
  CHECK(manager.store->list()->size() == 3);
  REQUIRE(manager.store->put(EntryKey(*VariableName::parse("SLACK_TOKEN")), Secret::copy_of("new")));
  CHECK(manager.state->items.at("slack_token").blob.reveal() == "n\0e\0w\0"s);
  CHECK(manager.store->traits().shared);
}

TEST_CASE("credential manager: a name that differs in letter case is another's, and stays") {
  const Manager manager;
  manager.foreign("some_token", "o\0"s);
  CHECK(manager.value("SOME_TOKEN") == "(none)");
  const auto written = manager.store->put(kKey, Secret::copy_of("x"));
  REQUIRE_FALSE(written);
  CHECK(written.error().code == ErrorCode::kConflict);
  CHECK_FALSE(*manager.store->erase(kKey));
  CHECK(manager.value("some_token") == "o");
}

}  // namespace mcpcred::test
