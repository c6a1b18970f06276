#include "mcpcred/vault.h"

#include <algorithm>

#include "core/encoding.h"
#include "vault/vault_state.h"

namespace mcpcred {

Vault::Vault(VaultOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Vault::~Vault() = default;
Vault::Vault(Vault&&) noexcept = default;
Vault& Vault::operator=(Vault&&) noexcept = default;

bool Vault::initialised() const {
  return state_->initialised();
}

Result<void> Vault::open() {
  return state_->load(Ask::kIfNeeded);
}

Result<void> Vault::available() {
  auto loaded = state_->load(Ask::kNever);
  if (loaded || loaded.error().code != ErrorCode::kLocked) return loaded;
  if (!state_->options.ask_passphrase || state_->asked) return loaded;
  MCPCRED_TRY(has_passphrase, state_->slots.has_passphrase());
  return has_passphrase ? Result<void>() : std::move(loaded);
}

Result<std::optional<Secret>> Vault::get(const EntryKey& key) {
  MCPCRED_TRY(values, get_many({&key, 1}));
  return std::move(values.front());
}

Result<std::vector<std::optional<Secret>>> Vault::get_many(std::span<const EntryKey> keys) {
  MCPCRED_CHECK(state_->load(Ask::kIfNeeded));
  std::vector<std::optional<Secret>> values;
  values.reserve(keys.size());
  for (const EntryKey& key : keys) {
    const VaultRecord* record = state_->content->find(key);
    if (record == nullptr) {
      values.emplace_back();
      continue;
    }
    MCPCRED_TRY(value, vault_record_value(record->line));
    values.emplace_back(std::move(value));
  }
  return values;
}

Result<std::vector<EntryKey>> Vault::keys() {
  MCPCRED_CHECK(state_->load(Ask::kIfNeeded));
  std::vector<EntryKey> keys;
  for (const VaultRecord& record : state_->content->records) {
    if (record.key) keys.push_back(*record.key);
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

std::optional<StoreAnchor> Vault::anchor() const {
  if (!state_->content) return std::nullopt;
  return state_->content->anchor();
}

bool Vault::State::initialised() const {
  // What cannot be looked at may be a vault; open() will say what is the matter.
  const auto there = [](const std::string& file) {
    const auto found = stat_file(file);
    return !found || found->has_value();
  };
  return there(path()) || there(previous_path());
}

Unexpected Vault::State::missing() const {
  const auto previous = stat_file(previous_path());
  if (previous && *previous) {
    return fail(ErrorCode::kCorrupt, "vault.age is missing, but the generation before it is there",
                "to go back to it: mcpcred vault recover");
  }
  if (!seen.id.empty()) {
    return fail(ErrorCode::kStoreUnavailable, "the vault is missing: " + printable(path()),
                "put the file back from a backup");
  }
  return fail(ErrorCode::kStoreUnavailable, "there is no vault yet", "mcpcred vault init");
}

Result<std::optional<FileContent>> Vault::State::read(const std::string& file) const {
  MCPCRED_TRY(folder, check_private_dir(options.data_dir));
  if (!folder) return std::optional<FileContent>();
  return read_file(file, kMaxVaultBytes, FileCheck::kPrivate);
}

Result<void> Vault::State::load(Ask ask) {
  if (content) {
    const auto now = stat_file(path());
    if (now && *now && **now == stamp) return {};
  }
  MCPCRED_CHECK(reload(ask));
  return {};
}

Result<Secret> Vault::State::reload(Ask ask) {
  content.reset();
  MCPCRED_TRY(file, read(path()));
  if (!file) return missing();
  MCPCRED_TRY(opened, unlock(file->bytes.reveal(), seen, ask));
  content = std::move(opened);
  stamp = file->stamp;
  seen = content->anchor();
  return std::move(file->bytes);
}

}  // namespace mcpcred
