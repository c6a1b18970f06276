// The kernel's keyring as this process sees it; the tests join a keyring of their own and touch no other.
#include "vault/session_cache.h"

#ifdef __linux__
#include <sys/syscall.h>

#include "helpers.h"
#include "platform/session_keyring.h"

using namespace mcpcred;
using namespace mcpcred::testing;

namespace {

constexpr int kSessionKeyring = -3;
constexpr int kJoinSessionKeyring = 1;
constexpr unsigned kHour = 3600;

bool own_keyring() {
  return syscall(SYS_keyctl, kJoinSessionKeyring, nullptr) > 0;
}

void put_key(const std::string& vault_id, const age::Identity& identity, std::int64_t age_seconds) {
  const auto created = static_cast<std::uint64_t>(system_now().time_since_epoch().count() - age_seconds);
  std::string payload;
  for (unsigned shift = 64; shift > 0;) payload += static_cast<char>((created >> (shift -= 8)) & 0xff);
  payload += identity.key().reveal();
  const std::string name = session_cache_name(vault_id);
  REQUIRE(syscall(SYS_add_key, "user", name.c_str(), payload.data(), payload.size(), kSessionKeyring) > 0);
}

}  // namespace

TEST_CASE("J5 without a keyring, or with an empty one, there is no cached identity and no error") {
  own_keyring();
  CHECK_FALSE(read_session_cache(std::string(32, '0')).has_value());
  TestVault test;
  test.init();
  VaultOptions options = test.options();
  options.use_session_cache = true;
  Vault vault(options);
  REQUIRE(vault.open().has_value());
  CHECK(vault.status()->cached == false);
  CHECK(*vault.drop_cached_identity() == false);
}

TEST_CASE("J6 the cached identity opens the vault for at most twelve hours") {
  if (!own_keyring()) {
    WARN("this system has no session keyrings: only the empty cache is tested");
    return;
  }
  TestVault test;
  test.init();
  Vault vault = test.open();
  REQUIRE(vault.put(key_of("A"), secret("value")).has_value());
  const auto identity = test.identity();
  std::filesystem::remove(test.key_file);
  VaultOptions options = test.options();
  options.anchor = *vault.anchor();
  options.use_session_cache = true;
  const std::string id = options.anchor.id;

  put_key(id, identity, 0);
  {
    Vault cached(options);
    CHECK(value_in(cached, key_of("A")) == "value");
    const auto status = cached.status();
    CHECK(status->unlocked_by == UnlockedBy::kSessionCache);
    CHECK(status->cached);
    CHECK(status->cache_seconds_left <= kCacheIdleSeconds);
    CHECK(status->cache_seconds_left > kCacheIdleSeconds - 60);
  }
  // In its last minutes it is not kept beyond its twelve hours.
  put_key(id, identity, 12 * kHour - 100);
  CHECK(read_session_cache(id).has_value());
  CHECK(session_key_seconds_left(session_cache_name(id)).value_or(9999) <= 100);
  // Older, or from the future: gone.
  for (std::int64_t age_seconds : {std::int64_t{12 * kHour}, std::int64_t{-3600}}) {
    put_key(id, identity, age_seconds);
    CHECK_FALSE(read_session_cache(id).has_value());
    CHECK_FALSE(session_key_read(session_cache_name(id)).has_value());
  }
  Vault expired(options);
  CHECK(code_of(expired.open()) == ErrorCode::kLocked);
  // One of another identity is passed over.
  put_key(id, new_identity(), 0);
  Vault wrong(options);
  CHECK(code_of(wrong.open()) == ErrorCode::kLocked);
  CHECK(*wrong.drop_cached_identity() == true);
  CHECK(*wrong.drop_cached_identity() == false);
}
#endif
