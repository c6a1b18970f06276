#include <algorithm>

#include "core/encoding.h"
#include "platform/lock.h"
#include "vault/key_file.h"
#include "vault/vault_state.h"

namespace mcpcred {
namespace {

Unexpected last_way_in(std::string_view other) {
  return fail(ErrorCode::kRefused, "this is the last way into the vault",
              "first add another: mcpcred vault slot add " + std::string(other));
}

}  // namespace

Result<void> Vault::add_passphrase_slot(const Secret& passphrase) {
  MCPCRED_CHECK(check_passphrase_text(passphrase));
  MCPCRED_CHECK(open());
  MCPCRED_TRY(lock, FileLock::acquire(state_->lock_path()));
  return state_->slots.write_passphrase(*state_->identity, state_->content->header.vault_id, passphrase,
                                        state_->options.passphrase_work);
}

Result<bool> Vault::has_passphrase_slot() const {
  return state_->slots.has_passphrase();
}

Result<void> Vault::check_passphrase(const Secret& passphrase) {
  MCPCRED_TRY(there, state_->slots.has_passphrase());
  if (!there) {
    return fail(ErrorCode::kNotFound, "the vault has no passphrase", "to add one: mcpcred vault slot add passphrase");
  }
  MCPCRED_TRY(found, state_->slots.open_passphrase(passphrase));
  if (state_->identity && found.recipient() != state_->identity->recipient()) {
    return fail(ErrorCode::kDenied, "the passphrase does not open the vault");
  }
  // Nobody has to type it twice in one command.
  if (!state_->identity) {
    state_->identity = std::move(found);
    state_->unlocked_by = UnlockedBy::kPassphrase;
  }
  return {};
}

Result<void> Vault::add_key_file_slot(const std::string& path, bool insecure_key_file) {
  MCPCRED_CHECK(check_key_file_path(path, state_->options.data_dir, insecure_key_file));
  MCPCRED_CHECK(open());
  MCPCRED_TRY(lock, FileLock::acquire(state_->lock_path()));
  const age::Identity& identity = *state_->identity;
  MCPCRED_CHECK(create_key_file(path, identity.to_text(state_->content->header.vault_id)));
  MCPCRED_TRY(written, read_key_file(path));
  if (!written) return fail(ErrorCode::kIo, "the key file " + printable(path) + " vanished");
  if (written->recipient() != identity.recipient()) {
    return fail(ErrorCode::kConflict, "the key file " + printable(path) + " is there and holds another identity",
                "choose another path; the file is as it was");
  }
  return state_->slots.write_key_file(path);
}

Result<bool> Vault::remove_passphrase_slot() {
  MCPCRED_CHECK(open());
  MCPCRED_TRY(lock, FileLock::acquire(state_->lock_path()));
  MCPCRED_TRY(there, state_->slots.has_passphrase());
  if (!there) return false;
  MCPCRED_TRY(slot, state_->slots.key_file());
  if (!slot) return last_way_in("key-file PATH");
  // A key file that cannot be used now is no way in.
  auto other = read_key_file(*slot);
  if (!other || !*other || (*other)->recipient() != state_->identity->recipient()) {
    return fail(ErrorCode::kRefused,
                "this is the last way into the vault: the key file " + printable(*slot) + " does not open it",
                "put that file right first");
  }
  return state_->slots.remove_passphrase();
}

Result<bool> Vault::remove_key_file_slot() {
  MCPCRED_CHECK(open());
  MCPCRED_TRY(lock, FileLock::acquire(state_->lock_path()));
  MCPCRED_TRY(slot, state_->slots.key_file());
  if (!slot) return false;
  MCPCRED_TRY(passphrase, state_->slots.has_passphrase());
  if (!passphrase) return last_way_in("passphrase");
  return state_->slots.remove_key_file();
}

Result<void> Vault::add_recipient(std::string_view age_recipient) {
  MCPCRED_TRY(recipient, age::Recipient::parse(age_recipient));
  const std::string text = recipient.str();
  auto added = state_->change([&](VaultDraft& draft) -> Result<bool> {
    const auto& known = draft.recipients;
    if (std::find(known.begin(), known.end(), text) != known.end() || recipient == state_->identity->recipient()) {
      return fail(ErrorCode::kConflict, "the vault is encrypted to this recipient already");
    }
    if (known.size() >= kMaxVaultRecipients) {
      return fail(ErrorCode::kTooLarge, "a vault has at most " + std::to_string(kMaxVaultRecipients) + " recipients");
    }
    draft.add(Secret::copy_of(format_vault_recipient(text)));
    draft.recipients.push_back(text);
    return true;
  });
  MCPCRED_CHECK(std::move(added));
  return {};
}

Result<bool> Vault::remove_recipient(std::string_view age_recipient) {
  MCPCRED_TRY(recipient, age::Recipient::parse(age_recipient));
  const std::string text = recipient.str();
  return state_->change([&](VaultDraft& draft) -> Result<bool> {
    const auto& records = draft.current().records;
    const auto at = std::find_if(records.begin(), records.end(), [&](const VaultRecord& record) {
      return record.kind == RecordKind::kRecipient && record.recipient == text;
    });
    if (at == records.end()) return false;
    draft.remove(*at);
    std::erase(draft.recipients, text);
    return true;
  });
}

}  // namespace mcpcred
