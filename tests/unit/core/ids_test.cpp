#include "mcpcred/ids.h"

#include <string>

#include "catch.h"

using mcpcred::AccountName;
using mcpcred::EntryKey;
using mcpcred::ErrorCode;
using mcpcred::ServerId;
using mcpcred::VariableName;

TEST_CASE("what an environment variable may be called is a variable's name") {
  for (const std::string good : {"GITHUB_TOKEN", "a", "_", "_9", "lower_Case1"}) {
    CAPTURE(good);
    REQUIRE(VariableName::parse(good));
    CHECK(VariableName::parse(good)->str() == good);
  }
}

TEST_CASE("A1 A2 A3 A8: paths and nothing at all are no names") {
  for (const std::string bad : {"", "../../etc/x", "/abs", "~/x", "C:\\x", "\\\\srv\\s", "a//b", "a/./b", "a/", "9A",
                                "A-B", "A B", "A=B", "-x", "A.B"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(VariableName::parse(bad));
    CHECK(VariableName::parse(bad).error().code == ErrorCode::kInvalidInput);
  }
}

TEST_CASE("A4 A5 A6 A10: bytes that a terminal or a person may misread are no names") {
  for (const std::string& bad :
       {std::string("A\0B", 3), std::string("A\nB"), std::string("A\x1b[2J"), std::string("A\x7f"),
        std::string("A\xc2\x85"), std::string("A\xe2\x80\xae"), std::string("A\xff"), std::string("A\xc0\xaf"),
        std::string("GITHUB_T\xd0\x9eKEN"), std::string("e\xcc\x81")}) {
    CHECK_FALSE(VariableName::parse(bad));
    CHECK_FALSE(AccountName::parse(bad));
    CHECK_FALSE(ServerId::parse(bad));
  }
}

TEST_CASE("an error shows a refused name escaped and cut") {
  const auto error = VariableName::parse("A\x1b]0;title\a").error();
  CHECK(error.message.find('\x1b') == std::string::npos);
  CHECK(error.message.find("\\x1b") != std::string::npos);
  CHECK(VariableName::parse(std::string(100000, '!')).error().message.size() < 200);
}

TEST_CASE("A7: 255 bytes are a name, 256 are none") {
  CHECK(VariableName::parse(std::string(255, 'A')));
  CHECK_FALSE(VariableName::parse(std::string(256, 'A')));
  CHECK(AccountName::parse(std::string(255, 'a')));
  CHECK_FALSE(AccountName::parse(std::string(256, 'a')));
  CHECK(ServerId::parse(std::string(64, 'a')));
  CHECK_FALSE(ServerId::parse(std::string(65, 'a')));
}

TEST_CASE("accounts may be mail addresses, and never look like an option or a hidden file") {
  CHECK(AccountName::parse("me+work@example.org"));
  CHECK(AccountName::parse("0"));
  for (const std::string bad : {"", "-x", ".x", "@x", "a/b", "a:b", "a b"}) {
    CAPTURE(bad);
    CHECK_FALSE(AccountName::parse(bad));
  }
  CHECK(AccountName::default_account().is_default());
  CHECK_FALSE(AccountName::parse("other")->is_default());
}

TEST_CASE("servers are small letters, digits and hyphens") {
  CHECK(ServerId::parse("azure-devops"));
  CHECK(ServerId::parse("3scale"));
  for (const std::string bad : {"", "GitHub", "-x", "a_b", "a/b", "a."}) {
    CAPTURE(bad);
    CHECK_FALSE(ServerId::parse(bad));
  }
}

TEST_CASE("keys are told apart by variable and account") {
  const auto variable = *VariableName::parse("GITHUB_TOKEN");
  const EntryKey mine(variable);
  const EntryKey work(variable, *AccountName::parse("work"));
  CHECK(mine.account() == "default");
  CHECK((mine != work));
  CHECK((mine < work));
  CHECK((mine == EntryKey(variable, AccountName::default_account())));
}

TEST_CASE("hidden items have names that no variable can have") {
  const EntryKey key(*VariableName::parse("GITHUB_TOKEN"), *AccountName::parse("work"));
  CHECK_FALSE(key.is_hidden());
  CHECK(EntryKey::keys().is_hidden());
  CHECK(EntryKey::previous(key).is_hidden());
  CHECK(EntryKey::previous(key).account() == "work");
  CHECK_FALSE(VariableName::parse(EntryKey::keys().variable()));
  CHECK_FALSE(VariableName::parse(EntryKey::previous(key).variable()));
}

TEST_CASE("a key comes back from a store as it went in") {
  const EntryKey key(*VariableName::parse("GITHUB_TOKEN"), *AccountName::parse("work"));
  for (const EntryKey& each : {key, EntryKey::keys(), EntryKey::previous(key)}) {
    CAPTURE(each.variable());
    const auto back = EntryKey::from_stored(each.variable(), each.account());
    REQUIRE(back);
    CHECK((*back == each));
  }
}

TEST_CASE("what no key of ours is called is refused as it is read from a store") {
  for (const std::string bad : {"", "9A", "mcpcred:other", "mcpcred:previous:", "mcpcred:previous:9A",
                                "mcpcred:previous:mcpcred:keys", "other:keys"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(EntryKey::from_stored(bad, "default"));
    CHECK(EntryKey::from_stored(bad, "default").error().code == ErrorCode::kCorrupt);
  }
  CHECK_FALSE(EntryKey::from_stored("mcpcred:keys", "work"));
  CHECK_FALSE(EntryKey::from_stored("GITHUB_TOKEN", ""));
  CHECK_FALSE(EntryKey::from_stored("GITHUB_TOKEN", "a/b"));
}

TEST_CASE("A11: names that differ in case only") {
  CHECK(mcpcred::differs_only_in_case("GITHUB_TOKEN", "github_token"));
  CHECK_FALSE(mcpcred::differs_only_in_case("GITHUB_TOKEN", "GITHUB_TOKEN"));
  CHECK_FALSE(mcpcred::differs_only_in_case("GITHUB_TOKEN", "GITHUB_TOKENS"));
  CHECK_FALSE(mcpcred::differs_only_in_case("A", "B"));
  // '@' and '`' are 32 apart like a letter and its capital.
  CHECK_FALSE(mcpcred::differs_only_in_case("a@b", "a`b"));
}
