#include "platform/session_keyring.h"

namespace mcpcred {

std::optional<Secret> session_key_read(std::string_view) {
  return std::nullopt;
}

Result<std::string> session_key_write(std::string_view, const Secret&, unsigned) {
  return fail(ErrorCode::kStoreUnavailable,
              "there is no session keyring to keep the vault unlocked in: Windows has none",
              "use a key file: mcpcred vault slot");
}

void session_key_extend(std::string_view, unsigned) {}

bool session_key_remove(std::string_view) {
  return false;
}

std::string session_key_scope() {
  return "not available: Windows has none";
}

std::optional<std::int64_t> session_key_seconds_left(std::string_view) {
  return std::nullopt;
}

}  // namespace mcpcred
