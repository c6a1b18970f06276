#include <algorithm>
#include <string>

#include "catch.h"
#include "contract/store_contract.h"
#include "contract/tested.h"
#include "keychain/stand_in.h"
#include "store/stores.h"

// The Keychain's store over an in-memory stand-in of the system's calls (stand_in.h). The real Keychain:
// real_darwin.cpp.
namespace mcpcred::test {
namespace {

const Tested kKeychain("keychain");

const EntryKey kGithub = key("GITHUB_TOKEN");
const Secret kOld = Secret::copy_of("old");
const Secret kNew = Secret::copy_of("new");

/// A fresh stand-in; at its end everything that was created must be released, and questions allowed again.
class Fresh {
 public:
  Fresh() {
    keychain::reset();
    live_before_ = keychain::live_objects();
  }
  Fresh(const Fresh&) = delete;
  Fresh& operator=(const Fresh&) = delete;
  ~Fresh() {
    CHECK(keychain::live_objects() == live_before_);
    CHECK(keychain::questions_allowed());
  }
  SecretStore& operator*() const { return *store_; }
  SecretStore* operator->() const { return store_.get(); }

 private:
  long live_before_ = 0;
  std::unique_ptr<SecretStore> store_ = make_keychain_store("alice", true);
};

bool keychain_holds(SecretStore& store, const EntryKey& name, std::string_view bytes) {
  const auto value = store.get(name);
  return value && *value && (*value)->reveal() == bytes;
}

}  // namespace

TEST_CASE("contract: the Keychain over a stand-in", "[contract][keychain]") {
  const Fresh store;
  const auto second = make_keychain_store("alice", true);
  check_store_contract(*store, *second);
  CHECK(store->traits().name == "keychain");
  CHECK(store->traits().shared);
}

TEST_CASE("keychain: an item that the guide's command made is found", "[keychain]") {
  const Fresh store;
  keychain::add_item("GITHUB_TOKEN", "alice", "from the guide");
  CHECK(keychain_holds(*store, kGithub, "from the guide"));
  CHECK(*store->list() == std::vector{kGithub});
  REQUIRE(store->put(kGithub, kNew));
  CHECK(keychain_holds(*store, kGithub, "new"));
  CHECK(*store->erase(kGithub));
}

TEST_CASE("keychain: what is stored lies where the guide's command looks, with a label for people", "[keychain]") {
  const Fresh store;
  REQUIRE(store->put(kGithub, kNew));
  REQUIRE(store->put(key("GITHUB_TOKEN", "work"), kNew));
  CHECK(keychain::label_of("GITHUB_TOKEN", "alice") == "GITHUB_TOKEN");
  CHECK(keychain::label_of("GITHUB_TOKEN", "work") == "GITHUB_TOKEN (work)");
}

TEST_CASE("keychain: items of others are neither listed nor read", "[keychain]") {
  const Fresh store;
  keychain::add_item("Chrome Safe Storage", "Chrome", "foreign");
  keychain::add_item("com.example.mail", "alice", "foreign");
  keychain::add_item("GITHUB_TOKEN", "default", "foreign");
  keychain::add_item("GITHUB_TOKEN", "bob smith", "foreign");
  keychain::add_item("mcpcred:unknown", "alice", "foreign");
  keychain::add_item_without_service("alice", "foreign");
  CHECK(store->list()->empty());
  CHECK_FALSE(store->get(kGithub)->has_value());
}

TEST_CASE("keychain: list() opens no value, also of a locked one", "[keychain]") {
  const Fresh store;
  keychain::add_item("GITHUB_TOKEN", "alice", "value");
  keychain::lock();
  CHECK(*store->list() == std::vector{kGithub});
  CHECK(keychain::values_read() == 0);
  CHECK(keychain::questions_asked() == 0);
}

TEST_CASE("keychain: get_many looks once for a name that is asked for twice", "[keychain]") {
  const Fresh store;
  keychain::add_item("GITHUB_TOKEN", "alice", "value");
  const std::vector wanted = {kGithub, key("SLACK_TOKEN"), kGithub, key("SLACK_TOKEN")};
  const auto values = store->get_many(wanted);
  REQUIRE(values);
  CHECK(((*values)[0]->reveal() == "value" && (*values)[2]->reveal() == "value"));
  CHECK_FALSE(((*values)[1].has_value() || (*values)[3].has_value()));
  CHECK(keychain::values_read() == 1);
}

TEST_CASE("keychain: an item without a byte counts as missing", "[keychain]") {
  const Fresh store;
  keychain::add_item("GITHUB_TOKEN", "alice", "");
  CHECK_FALSE(store->get(kGithub)->has_value());
}

TEST_CASE("keychain: an item made between the two calls of put() is replaced", "[keychain]") {
  const Fresh store;
  keychain::add_item("GITHUB_TOKEN", "alice", "of the other program");
  keychain::fail_call(1, -25300);
  REQUIRE(store->put(kGithub, kNew));
  CHECK(keychain_holds(*store, kGithub, "new"));
}

TEST_CASE("keychain: erase() removes the item of a second keychain too", "[keychain]") {
  const Fresh store;
  keychain::add_item_elsewhere("GITHUB_TOKEN", "alice", "behind");
  keychain::add_item("GITHUB_TOKEN", "alice", "in front");
  CHECK(keychain_holds(*store, kGithub, "in front"));
  CHECK(*store->list() == std::vector{kGithub});
  CHECK(*store->erase(kGithub));
  CHECK_FALSE(store->get(kGithub)->has_value());
}

TEST_CASE("keychain L6: every status is an error of its own, with its number, and leaves the old value", "[keychain]") {
  const std::int32_t status =
      GENERATE(-25299, -25293, -128, -25308, -25315, -25291, -25294, -25307, -25320, -34018, -50);
  CAPTURE(status);
  const Fresh store;
  REQUIRE(store->put(kGithub, kOld));
  const auto check = [&](const auto& result, std::string_view what) {
    INFO(what);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().native == status);
    CHECK(result.error().message.find("cannot " + std::string(what)) == 0);
  };
  keychain::fail_call(1, status);
  check(store->available(), "use the Keychain");
  keychain::fail_call(2, status);
  check(store->available(), "use the Keychain");
  keychain::fail_call(1, status);
  check(store->get(kGithub), "read GITHUB_TOKEN");
  const std::vector wanted = {key("SLACK_TOKEN"), kGithub};
  keychain::fail_call(2, status);
  check(store->get_many(wanted), "read GITHUB_TOKEN");
  keychain::fail_call(1, status);
  check(store->put(kGithub, kNew), "store GITHUB_TOKEN");
  keychain::fail_call(1, status);
  check(store->erase(kGithub), "remove GITHUB_TOKEN");
  keychain::fail_call(1, status);
  check(store->list(), "list what is stored");
  CHECK(keychain_holds(*store, kGithub, "old"));
}

TEST_CASE("keychain: adding that fails is an error, and nothing is stored", "[keychain]") {
  const Fresh store;
  keychain::fail_call(2, -128);
  const auto result = store->put(key("GITHUB_TOKEN", "work"), kNew);
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::kDenied);
  CHECK(result.error().message.find("cannot store GITHUB_TOKEN --account work: ") == 0);
  CHECK(store->list()->empty());
}

TEST_CASE("keychain: a locked one asks only where it may", "[keychain]") {
  const Fresh asking;
  const auto silent = make_keychain_store("alice", false);
  keychain::add_item("GITHUB_TOKEN", "alice", "value");
  keychain::lock();
  for (const Error& error : {silent->available().error(), silent->get(kGithub).error(),
                             silent->put(kGithub, kNew).error(), silent->erase(kGithub).error()}) {
    CHECK(error.code == ErrorCode::kLocked);
    CHECK(error.hint.find("security unlock-keychain") != std::string::npos);
  }
  CHECK(keychain::questions_asked() == 0);
  CHECK(asking->available());
  CHECK(keychain_holds(*asking, kGithub, "value"));
  CHECK(keychain::questions_asked() == 1);
  CHECK(silent->available());
}

TEST_CASE("keychain: without a login name nothing can be named", "[keychain]") {
  keychain::reset();
  const auto store = make_keychain_store("", true);
  CHECK(store->available().error().code == ErrorCode::kStoreUnavailable);
  CHECK(store->get(kGithub).error().code == ErrorCode::kStoreUnavailable);
  CHECK(store->list().error().code == ErrorCode::kStoreUnavailable);
}

TEST_CASE("keychain: the login name is no account of its own", "[keychain]") {
  const Fresh store;
  CHECK(store->put(key("GITHUB_TOKEN", "alice"), kNew).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("keychain: a login name that is no UTF-8 is refused", "[keychain]") {
  keychain::reset();
  const auto store = make_keychain_store("al\xff", true);
  CHECK(store->get(kGithub).error().code == ErrorCode::kInvalidInput);
}

}  // namespace mcpcred::test
