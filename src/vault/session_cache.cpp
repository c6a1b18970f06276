#include "vault/session_cache.h"

#include <algorithm>

#include "mcpcred/clock.h"
#include "platform/session_keyring.h"

namespace mcpcred {
namespace {

constexpr std::size_t kTimeBytes = 8;

std::int64_t now_seconds() {
  return system_now().time_since_epoch().count();
}

}  // namespace

std::string session_cache_name(std::string_view vault_id) {
  return "mcpcred:id:" + std::string(vault_id);
}

std::optional<age::Identity> read_session_cache(std::string_view vault_id) {
  const std::string name = session_cache_name(vault_id);
  const auto payload = session_key_read(name);
  if (!payload || payload->size() <= kTimeBytes) return std::nullopt;
  std::uint64_t created = 0;
  for (char c : payload->reveal().substr(0, kTimeBytes)) created = (created << 8) | static_cast<unsigned char>(c);
  const std::int64_t age = now_seconds() - static_cast<std::int64_t>(created);
  // A time in the future: the clock was set back, so the key's true age is unknown.
  if (age < 0 || age >= std::int64_t{kCacheLifeSeconds}) {
    session_key_remove(name);
    return std::nullopt;
  }
  auto identity = age::Identity::from_key(Secret::copy_of(payload->reveal().substr(kTimeBytes)));
  if (!identity) return std::nullopt;
  const std::int64_t left = session_key_seconds_left(name).value_or(0);
  const std::int64_t wanted = std::min(std::int64_t{kCacheIdleSeconds}, kCacheLifeSeconds - age);
  if (left < wanted) session_key_extend(name, static_cast<unsigned>(wanted));
  return std::move(*identity);
}

Result<std::string> write_session_cache(std::string_view vault_id, const age::Identity& identity,
                                        unsigned idle_seconds) {
  Secret payload;
  payload.reserve(kTimeBytes + identity.key().size());
  const auto now = static_cast<std::uint64_t>(now_seconds());
  for (unsigned shift = 64; shift > 0;) {
    const char byte = static_cast<char>((now >> (shift -= 8)) & 0xff);
    payload.append({&byte, 1});
  }
  payload.append(identity.key().reveal());
  return session_key_write(session_cache_name(vault_id), payload, std::clamp(idle_seconds, 1U, kCacheLifeSeconds));
}

}  // namespace mcpcred
