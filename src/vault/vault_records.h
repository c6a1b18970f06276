#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/clock.h"
#include "mcpcred/ids.h"
#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "vault/identity.h"
#include "vault/locked_buffer.h"

// The plaintext of a vault: a header line, one JSON object a line for each record, and an end line with padding and an
// authentication code. docs/file-formats.md describes it.
namespace mcpcred {

inline constexpr std::size_t kMaxVaultBytes = 8 * 1024 * 1024;  ///< of the encrypted file
inline constexpr std::size_t kMaxVaultRecords = 4096;
inline constexpr std::size_t kMaxVaultRecipients = 8;

struct VaultHeader {
  std::string vault_id;          ///< 32 hex digits
  std::uint64_t generation = 0;  ///< 1 for a new vault
  std::string previous;          ///< SHA-256 (hex) of the file before this one; empty for a new vault
  Timestamp written{};
  std::size_t count = 0;  ///< records
  std::string others;     ///< members that this version does not know, as ",\"name\":value…"; kept on rewrite
};

enum class RecordKind : std::uint8_t {
  kSecret,
  kKeys,
  kHidden,
  kRecipient,
  kUnknown,  ///< of a later version with the same `v`: kept as it is
};

/// A record without its value, which stays in the locked text.
struct VaultRecord {
  RecordKind kind = RecordKind::kUnknown;
  std::string id;               ///< ULID; empty for kinds that have none
  std::optional<EntryKey> key;  ///< of kSecret, kKeys, kHidden
  std::string created;
  std::string recipient;  ///< of kRecipient: age1…
  std::string_view line;  ///< with its LF, in the text it was read from
};

/// A text of the right shape, cut up; nothing in it is believed yet.
struct VaultText {
  std::string_view header_line;    ///< with LF
  std::string_view records;        ///< whole lines
  std::string_view authenticated;  ///< all that the code covers
  std::string_view mac;            ///< 43 characters
};

/// kCorrupt where the end line is not exactly as we write it.
Result<VaultText> split_vault_text(std::string_view text);
/// kNewerVersion for a `v` or `min_reader` above 1.
Result<VaultHeader> parse_vault_header(std::string_view line);
/// Every line, checked as far as it can be without knowing the kind; `count` is the header's.
Result<std::vector<VaultRecord>> parse_vault_records(std::string_view lines, std::size_t count);
/// The value in the line of a kSecret, kKeys or kHidden record.
Result<Secret> vault_record_value(std::string_view line);

/// The key of the code in the end line: only who has the identity itself can write a vault.
Secret vault_auth_key(const age::Identity& identity, std::string_view vault_id);
Result<void> verify_vault_mac(const VaultText& text, const Secret& auth_key);

/// A new record id: 48 bits of time, 80 of chance.
std::string new_record_id();
/// The line of a kSecret, kKeys or kHidden record (by `key`), with its LF.
Secret format_vault_entry(const EntryKey& key, std::string_view id, const Secret& value, std::string_view created,
                          std::string_view changed);
std::string format_vault_recipient(std::string_view recipient);
/// The whole text, padded to a multiple of 4096 bytes. `header.count` is taken from `lines`.
Result<LockedBuffer> format_vault_text(const VaultHeader& header, const std::vector<std::string_view>& lines,
                                       const Secret& auth_key);

}  // namespace mcpcred
