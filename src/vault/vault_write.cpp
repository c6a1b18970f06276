#include "core/encoding.h"
#include "platform/lock.h"
#include "vault/age_file.h"
#include "vault/vault_state.h"

namespace mcpcred {

VaultDraft::VaultDraft(const VaultContent& current) : recipients(current.recipients()), current_(current) {
  for (const VaultRecord& record : current.records) lines_.push_back(record.line);
}

std::size_t VaultDraft::index_of(const VaultRecord& record) const {
  return static_cast<std::size_t>(&record - current_.records.data());
}

void VaultDraft::add(Secret line) {
  owned_.push_back(std::move(line));
  lines_.push_back(owned_.back().reveal());
}

void VaultDraft::replace(const VaultRecord& record, Secret line) {
  owned_.push_back(std::move(line));
  lines_[index_of(record)] = owned_.back().reveal();
}

void VaultDraft::remove(const VaultRecord& record) {
  lines_[index_of(record)] = {};
}

std::vector<std::string_view> VaultDraft::lines() const {
  std::vector<std::string_view> kept;
  for (std::string_view line : lines_) {
    if (!line.empty()) kept.push_back(line);
  }
  return kept;
}

Result<void> Vault::State::write(const VaultHeader& header, const std::vector<std::string_view>& lines,
                                 const std::vector<std::string>& recipients, const std::string& keep_previous_as) {
  if (lines.size() > kMaxVaultRecords) {
    return fail(ErrorCode::kTooLarge, "the vault is full: " + std::to_string(kMaxVaultRecords) + " records");
  }
  std::vector<age::Recipient> readers = {identity->recipient()};
  for (const std::string& recipient : recipients) {
    MCPCRED_TRY(reader, age::Recipient::parse(recipient));
    readers.push_back(std::move(reader));
  }
  MCPCRED_TRY(text, format_vault_text(header, lines, vault_auth_key(*identity, header.vault_id)));
  MCPCRED_TRY(file, age::encrypt(text.view(), readers));
  if (file.size() > kMaxVaultBytes) {
    return fail(ErrorCode::kTooLarge, "the vault is full: " + std::to_string(kMaxVaultBytes) + " bytes");
  }
  ReplaceOptions replace;
  replace.keep_previous_as = keep_previous_as;
  auto replaced = replace_file(path(), file, replace);
  if (!replaced && replaced.error().code != ErrorCode::kDurabilityUnknown) return replaced;

  seen = {header.vault_id, header.generation};
  auto read_back = reload(Ask::kNever);
  if (!read_back || content->header.generation != header.generation || read_back->reveal() != file) {
    content.reset();
    return fail(ErrorCode::kIo, "the vault does not read back as it was written",
                "check the disk; to go back to the previous generation: mcpcred vault recover");
  }
  return replaced;
}

Result<bool> Vault::State::change(const Change& change) {
  // First without the lock: a person who is asked for a passphrase must not keep others waiting.
  MCPCRED_CHECK(load(Ask::kIfNeeded));
  MCPCRED_TRY(lock, FileLock::acquire(lock_path()));
  remove_stale_temps(options.data_dir);
  MCPCRED_TRY(bytes, reload(Ask::kNever));

  VaultDraft draft(*content);
  MCPCRED_TRY(changed, change(draft));
  if (!changed) return false;
  VaultHeader header = content->header;
  header.generation += 1;
  header.previous = hex_encode(sha256(bytes.reveal()));
  header.written = system_now();
  MCPCRED_CHECK(write(header, draft.lines(), draft.recipients, previous_path()));
  return true;
}

Result<void> Vault::put(const EntryKey& key, const Secret& value) {
  if (value.empty()) return fail(ErrorCode::kInvalidInput, "the value is empty");
  if (value.size() > kMaxSecretBytes) {
    return fail(ErrorCode::kTooLarge, "the value is longer than " + std::to_string(kMaxSecretBytes) + " bytes");
  }
  auto stored = state_->change([&](VaultDraft& draft) -> Result<bool> {
    const std::string now = format_timestamp(system_now());
    if (const VaultRecord* old = draft.current().find(key)) {
      draft.replace(*old, format_vault_entry(key, old->id, value, old->created, now));
    } else {
      draft.add(format_vault_entry(key, new_record_id(), value, now, now));
    }
    return true;
  });
  MCPCRED_CHECK(std::move(stored));
  return {};
}

Result<bool> Vault::erase(const EntryKey& key) {
  return state_->change([&](VaultDraft& draft) -> Result<bool> {
    const VaultRecord* old = draft.current().find(key);
    if (old == nullptr) return false;
    draft.remove(*old);
    return true;
  });
}

}  // namespace mcpcred
