#include <algorithm>

#include "core/encoding.h"
#include "platform/session_keyring.h"
#include "vault/key_file.h"
#include "vault/session_cache.h"
#include "vault/vault_state.h"

namespace mcpcred {
namespace {

/// Empty: the key file can be used. `opened`: the vault's identity where that is known.
std::string key_file_problem(const std::string& path, const age::Identity* opened) {
  const auto found = read_key_file(path);
  if (!found) return found.error().message;
  if (!*found) return "missing";
  if (opened != nullptr && (*found)->recipient() != opened->recipient()) return "holds another identity";
  return {};
}

}  // namespace

Result<VaultStatus> Vault::status() {
  State& state = *state_;
  VaultStatus status;
  status.initialised = initialised();
  status.vault_id = state.seen.id;
  status.cache_scope = session_key_scope();
  if (!status.initialised) return status;

  auto loaded = state.load(Ask::kNever);
  const bool only_locked =
      !loaded && (loaded.error().code == ErrorCode::kLocked || loaded.error().code == ErrorCode::kDenied);
  if (!loaded && !only_locked) return Unexpected(std::move(loaded.error()));
  if (loaded) {
    status.vault_id = state.content->header.vault_id;
    status.generation = state.content->header.generation;
    status.recipients = state.content->recipients();
    status.unlocked_by = state.unlocked_by;
  }
  MCPCRED_TRY(passphrase, state.slots.has_passphrase());
  status.passphrase_slot = passphrase;
  MCPCRED_TRY(slot, state.slots.key_file());
  if (slot) {
    status.key_file_slot = *slot;
    status.key_file_problem = key_file_problem(*slot, loaded ? &*state.identity : nullptr);
  }
  if (!status.vault_id.empty()) {
    const std::string name = session_cache_name(status.vault_id);
    status.cached = session_key_read(name).has_value();
    if (status.cached)
      status.cache_seconds_left = std::max<std::int64_t>(0, session_key_seconds_left(name).value_or(0));
  }
  return status;
}

Result<std::string> Vault::cache_identity(const Secret* passphrase, unsigned idle_seconds) {
  State& state = *state_;
  if (passphrase != nullptr && !state.content) {
    MCPCRED_TRY(file, state.read(state.path()));
    if (!file) return state.missing();
    MCPCRED_TRY(opened, state.unlock_by_passphrase(file->bytes.reveal(), state.seen, *passphrase));
    state.content = std::move(opened);
    state.stamp = file->stamp;
    state.seen = state.content->anchor();
  } else if (passphrase != nullptr) {
    MCPCRED_CHECK(state.slots.open_passphrase(*passphrase));
  }
  MCPCRED_CHECK(open());
  return write_session_cache(state.content->header.vault_id, *state.identity, idle_seconds);
}

Result<bool> Vault::drop_cached_identity() {
  const std::string& id = state_->seen.id;
  if (id.empty()) return false;
  return session_key_remove(session_cache_name(id));
}

}  // namespace mcpcred
