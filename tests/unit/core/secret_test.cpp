#include "mcpcred/secret.h"

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

#include "catch.h"

using mcpcred::Secret;

namespace {

template <class T, class = void>
struct IsStreamable : std::false_type {};
template <class T>
struct IsStreamable<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<const T&>())>>
    : std::true_type {};

}  // namespace

// Compared by reveal() below: Catch would need to print a secret otherwise, and printing one does not compile.
TEST_CASE("a secret is moved, never copied, and never printed") {
  STATIC_REQUIRE(std::is_nothrow_move_constructible_v<Secret>);
  STATIC_REQUIRE(std::is_nothrow_move_assignable_v<Secret>);
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<Secret>);
  STATIC_REQUIRE_FALSE(std::is_copy_assignable_v<Secret>);
  STATIC_REQUIRE_FALSE(IsStreamable<Secret>::value);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<Secret, std::string>);
  STATIC_REQUIRE(IsStreamable<std::string>::value);  // the check itself can say yes
}

TEST_CASE("a copy holds the bytes, NUL included") {
  const std::string bytes("a\0b\xff", 4);
  const Secret secret = Secret::copy_of(bytes);
  CHECK(secret.size() == 4);
  CHECK(secret.reveal() == bytes);
  CHECK(secret.reveal().data() != bytes.data());
}

TEST_CASE("an empty secret has no bytes and can be used") {
  Secret secret;
  CHECK(secret.empty());
  CHECK(secret.reveal().empty());
  CHECK(Secret::copy_of("").empty());
  secret.truncate(0);
  secret.append("");
  CHECK(secret.empty());
  CHECK((secret == Secret()));
}

TEST_CASE("of_size gives zero bytes to write into") {
  Secret secret = Secret::of_size(3);
  REQUIRE(secret.reveal() == std::string(3, '\0'));
  secret.writable()[1] = 'x';
  CHECK(secret.reveal() == std::string("\0x\0", 3));
}

TEST_CASE("moving takes the bytes away") {
  Secret first = Secret::copy_of("value");
  const char* place = first.reveal().data();
  Secret second = std::move(first);
  CHECK(second.reveal() == "value");
  CHECK(second.reveal().data() == place);
  CHECK(first.empty());  // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move): that is what is tested

  Secret third = Secret::copy_of("to be wiped");
  third = std::move(second);
  CHECK(third.reveal() == "value");
  CHECK(second.empty());  // NOLINT(bugprone-use-after-move,clang-analyzer-cplusplus.Move)
}

TEST_CASE("assigning a secret to itself keeps it") {
  Secret secret = Secret::copy_of("value");
  Secret& same = secret;
  secret = std::move(same);
  CHECK(secret.reveal() == "value");
}

TEST_CASE("append adds at the end, also its own bytes") {
  Secret secret = Secret::copy_of("ab");
  for (int i = 0; i < 12; ++i) secret.append(secret.reveal());
  REQUIRE(secret.size() == 2U << 12U);
  CHECK(secret.reveal().substr(0, 4) == "abab");
  CHECK(secret.reveal().substr(secret.size() - 2) == "ab");
}

TEST_CASE("after reserve the buffer does not move until it is full") {
  Secret secret = Secret::copy_of("start");
  secret.reserve(1000);
  CHECK(secret.reveal() == "start");
  const char* place = secret.reveal().data();
  secret.append(std::string(995, 'x'));
  CHECK(secret.reveal().data() == place);
}

TEST_CASE("truncate cuts, and wipes what it cuts") {
  Secret secret = Secret::copy_of("keep-cut");
  const char* tail = secret.reveal().data() + 4;
  secret.truncate(100);
  CHECK(secret.reveal() == "keep-cut");
  secret.truncate(4);
  CHECK(secret.reveal() == "keep");
  CHECK(std::string(tail, 4) == std::string(4, '\0'));
}

TEST_CASE("secrets are equal when their bytes are") {
  CHECK((Secret::copy_of("abc") == Secret::copy_of("abc")));
  CHECK_FALSE((Secret::copy_of("abc") == Secret::copy_of("abd")));
  CHECK_FALSE((Secret::copy_of("abc") == Secret::copy_of("abcd")));
  CHECK((Secret::copy_of("abc").clone() == Secret::copy_of("abc")));
}

TEST_CASE("wipe leaves zeros and accepts nothing at all") {
  std::string bytes = "visible";
  mcpcred::wipe(bytes.data(), bytes.size());
  CHECK(bytes == std::string(7, '\0'));
  mcpcred::wipe(nullptr, 0);
}
