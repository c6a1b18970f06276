#include "contract/store_contract.h"

#include <algorithm>
#include <string>

#include "catch.h"

namespace mcpcred::test {
namespace {

Secret secret(std::string_view bytes) {
  return Secret::copy_of(bytes);
}

bool holds(SecretStore& store, const EntryKey& name, std::string_view bytes) {
  const auto value = store.get(name);
  return value && *value && (*value)->reveal() == bytes;
}

void check_values(SecretStore& store) {
  const std::string_view with_nul("a\0b\0", 4);
  for (const std::string_view bytes :
       {std::string_view("x"), with_nul, std::string_view("\xff\xfe\x80"), std::string_view("line\n"),
        std::string_view("\r\n"), std::string_view("  spaces  "), std::string_view("\"quoted\" \\ 'and' $(more)"),
        std::string_view("ünïcödé ☃ 𝄞")}) {
    REQUIRE(store.put(key("CONTRACT_VALUE"), secret(bytes)));
    CHECK(holds(store, key("CONTRACT_VALUE"), bytes));
  }
  const std::string largest(store.traits().max_bytes, 'L');
  REQUIRE(store.put(key("CONTRACT_VALUE"), secret(largest)));
  CHECK(holds(store, key("CONTRACT_VALUE"), largest));
  const auto over = store.put(key("CONTRACT_VALUE"), secret(largest + "1"));
  REQUIRE_FALSE(over);
  CHECK(over.error().code == ErrorCode::kTooLarge);
  const auto empty = store.put(key("CONTRACT_VALUE"), Secret());
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == ErrorCode::kInvalidInput);
  CHECK(holds(store, key("CONTRACT_VALUE"), largest));
  CHECK(*store.erase(key("CONTRACT_VALUE")));
}

void check_names(SecretStore& store) {
  REQUIRE(store.put(key("CONTRACT_B"), secret("b")));
  REQUIRE(store.put(key("CONTRACT_A", "work"), secret("a work")));
  REQUIRE(store.put(key("CONTRACT_A"), secret("a")));
  REQUIRE(store.put(EntryKey::previous(key("CONTRACT_A")), secret("hidden")));
  REQUIRE(store.put(EntryKey::keys(), secret("our keys")));
  CHECK(holds(store, key("CONTRACT_A"), "a"));
  CHECK(holds(store, key("CONTRACT_A", "work"), "a work"));
  CHECK(holds(store, EntryKey::keys(), "our keys"));
  CHECK(holds(store, EntryKey::previous(key("CONTRACT_A")), "hidden"));
  const auto listed = store.list();
  REQUIRE(listed);
  CHECK(*listed == std::vector{key("CONTRACT_A"), key("CONTRACT_A", "work"), key("CONTRACT_B")});
  const std::vector wanted = {key("CONTRACT_B"), key("CONTRACT_NONE"), key("CONTRACT_A"), key("CONTRACT_B")};
  const auto values = store.get_many(wanted);
  REQUIRE(values);
  REQUIRE(values->size() == 4);
  CHECK((*values)[3]->reveal() == "b");
  CHECK((*values)[0]->reveal() == "b");
  CHECK_FALSE((*values)[1].has_value());
  CHECK((*values)[2]->reveal() == "a");
  for (const EntryKey& name : {key("CONTRACT_A"), key("CONTRACT_A", "work"), key("CONTRACT_B"), EntryKey::keys(),
                               EntryKey::previous(key("CONTRACT_A"))})
    CHECK(*store.erase(name));
  CHECK(store.list()->empty());
}

}  // namespace

void check_store_contract(SecretStore& store, SecretStore& second_handle) {
  REQUIRE(store.available());
  REQUIRE(store.list()->empty());

  const auto missing = store.get(key("CONTRACT_NONE"));
  REQUIRE(missing);
  CHECK_FALSE(missing->has_value());

  REQUIRE(store.put(key("CONTRACT_ONE"), secret("first")));
  REQUIRE(store.put(key("CONTRACT_ONE"), secret("second")));
  CHECK(holds(store, key("CONTRACT_ONE"), "second"));

  CHECK(holds(second_handle, key("CONTRACT_ONE"), "second"));
  REQUIRE(second_handle.put(key("CONTRACT_ONE"), secret("third")));
  CHECK(holds(store, key("CONTRACT_ONE"), "third"));

  CHECK(*store.erase(key("CONTRACT_ONE")));
  CHECK_FALSE(*store.erase(key("CONTRACT_ONE")));
  CHECK_FALSE(store.get(key("CONTRACT_ONE"))->has_value());
  CHECK_FALSE(second_handle.get(key("CONTRACT_ONE"))->has_value());

  check_values(store);
  check_names(store);
}

void check_read_only_contract(SecretStore& store, const EntryKey& present, std::string_view value,
                              const EntryKey& absent) {
  REQUIRE(store.available());
  CHECK(holds(store, present, value));
  CHECK_FALSE(store.get(absent)->has_value());
  const std::vector keys = {absent, present};
  const auto values = store.get_many(keys);
  REQUIRE(values);
  CHECK_FALSE((*values)[0].has_value());
  CHECK((*values)[1]->reveal() == value);
  const auto written = store.put(present, secret("new"));
  REQUIRE_FALSE(written);
  CHECK(written.error().code == ErrorCode::kReadOnlyStore);
  const auto erased = store.erase(present);
  REQUIRE_FALSE(erased);
  CHECK(erased.error().code == ErrorCode::kReadOnlyStore);
  CHECK(holds(store, present, value));
  const auto listed = store.list();
  REQUIRE(listed);
  CHECK(std::is_sorted(listed->begin(), listed->end()));
  CHECK(std::find(listed->begin(), listed->end(), present) != listed->end());
}

}  // namespace mcpcred::test
