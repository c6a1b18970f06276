#include "core/encoding.h"
#include "platform/fs_path.h"
#include "platform/lock.h"
#include "vault/key_file.h"
#include "vault/vault_state.h"

namespace mcpcred {
namespace {

std::string new_vault_id() {
  std::string bytes(16, '\0');
  random_fill(bytes.data(), bytes.size());
  return hex_encode(bytes);
}

Result<void> check_request(const VaultInit& request, const std::string& data_dir) {
  if (request.key_file.empty() && !request.passphrase) {
    return fail(ErrorCode::kInvalidInput, "a vault needs a way in: a passphrase or a key file");
  }
  if (request.passphrase) MCPCRED_CHECK(check_passphrase_text(*request.passphrase));
  if (request.key_file.empty()) return {};
  return check_key_file_path(request.key_file, data_dir, request.insecure_key_file);
}

}  // namespace

/// The one in the key file where that is there already, else a new one (written to the key file where one is wanted).
Result<age::Identity> Vault::State::identity_for_init(const VaultInit& request, std::string_view vault_id) const {
  if (request.key_file.empty()) return age::Identity::generate();
  remove_stale_temps(text_of(fs_path(request.key_file).parent_path()));
  MCPCRED_TRY(existing, read_key_file(request.key_file));
  if (existing) return std::move(*existing);
  MCPCRED_TRY(made, age::Identity::generate());
  MCPCRED_CHECK(create_key_file(request.key_file, made.to_text(vault_id)));
  // Whoever was quicker, and whatever the disk did: what counts is what the file holds.
  MCPCRED_TRY(written, read_key_file(request.key_file));
  if (!written) return fail(ErrorCode::kIo, "the key file " + printable(request.key_file) + " vanished");
  return std::move(*written);
}

/// Slots that a killed init left belong to an identity that opens nothing; they go.
Result<void> Vault::State::write_slots_for_init(const VaultInit& request, const age::Identity& made,
                                                std::string_view vault_id) const {
  if (request.passphrase) {
    MCPCRED_CHECK(slots.write_passphrase(made, vault_id, *request.passphrase, options.passphrase_work));
  } else {
    MCPCRED_CHECK(slots.remove_passphrase());
  }
  if (request.key_file.empty()) {
    MCPCRED_CHECK(slots.remove_key_file());
    return {};
  }
  return slots.write_key_file(request.key_file);
}

Result<void> Vault::init(VaultInit request) {
  State& state = *state_;
  MCPCRED_CHECK(check_request(request, state.options.data_dir));
  if (state.initialised()) {
    return fail(ErrorCode::kConflict, "there is a vault already", "to look at it: mcpcred vault status");
  }
  MCPCRED_CHECK(make_private_dir(state.options.data_dir));
  MCPCRED_TRY(there, check_private_dir(state.options.data_dir));
  if (!there) return fail(ErrorCode::kIo, "the data folder vanished");
  MCPCRED_TRY(lock, FileLock::acquire(state.lock_path()));
  if (state.initialised()) return fail(ErrorCode::kConflict, "another process made the vault", "mcpcred vault status");
  remove_stale_temps(state.options.data_dir);

  const std::string vault_id = new_vault_id();
  MCPCRED_TRY(made, state.identity_for_init(request, vault_id));
  MCPCRED_CHECK(state.write_slots_for_init(request, made, vault_id));
  state.identity = std::move(made);
  state.unlocked_by = request.key_file.empty() ? UnlockedBy::kPassphrase : UnlockedBy::kKeyFileSlot;
  VaultHeader header;
  header.vault_id = vault_id;
  header.generation = 1;
  header.written = system_now();
  // Last: before this there is no vault, and init can be run again.
  return state.write(header, {}, {}, "");
}

}  // namespace mcpcred
