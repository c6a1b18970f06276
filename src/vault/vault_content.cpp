#include "vault/vault_content.h"

#include "vault/age_armor.h"
#include "vault/age_file.h"

namespace mcpcred {
namespace {

constexpr std::string_view kRecoverHint = "to go back to the previous generation: mcpcred vault recover";

Unexpected in_vault(Error error) {
  if (error.code == ErrorCode::kCorrupt) error.message = "the vault is damaged: " + error.message;
  if (error.hint.empty() && error.code == ErrorCode::kCorrupt) error.hint = kRecoverHint;
  return Unexpected(std::move(error));
}

Result<void> check_seen(const VaultHeader& header, const StoreAnchor& seen) {
  if (seen.id.empty()) return {};
  if (header.vault_id != seen.id) {
    return fail(ErrorCode::kTampered, "this is another vault than the one that was used here",
                "put the right vault.age back, from a backup");
  }
  if (header.generation < seen.generation) {
    return fail(ErrorCode::kRolledBack,
                "the vault is of generation " + std::to_string(header.generation) + ", but generation " +
                    std::to_string(seen.generation) + " was seen before",
                "if an older vault was put back on purpose: mcpcred vault recover");
  }
  return {};
}

Result<VaultContent> open(std::string_view file, const age::Identity& identity, const StoreAnchor& seen) {
  if (age::is_armored(file)) return fail(ErrorCode::kCorrupt, "not an age v1 file in its binary form");
  VaultContent content;
  MCPCRED_TRY(text, age::decrypt(file, identity));
  content.text = std::move(text);
  content.text.seal();
  MCPCRED_TRY(parts, split_vault_text(content.text.view()));
  MCPCRED_TRY(header, parse_vault_header(parts.header_line));
  MCPCRED_CHECK(verify_vault_mac(parts, vault_auth_key(identity, header.vault_id)));
  MCPCRED_CHECK(check_seen(header, seen));
  MCPCRED_TRY(records, parse_vault_records(parts.records, header.count));
  content.header = std::move(header);
  content.records = std::move(records);
  return content;
}

}  // namespace

const VaultRecord* VaultContent::find(const EntryKey& key) const {
  for (const VaultRecord& record : records) {
    if (record.key == key) return &record;
  }
  return nullptr;
}

std::vector<std::string> VaultContent::recipients() const {
  std::vector<std::string> result;
  for (const VaultRecord& record : records) {
    if (record.kind == RecordKind::kRecipient) result.push_back(record.recipient);
  }
  return result;
}

Result<VaultContent> open_vault_bytes(std::string_view file, const age::Identity& identity, const StoreAnchor& seen) {
  auto content = open(file, identity, seen);
  if (!content) return in_vault(std::move(content.error()));
  return content;
}

}  // namespace mcpcred
