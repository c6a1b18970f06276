#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"
#include "mcpcred/store.h"
#include "vault/identity.h"
#include "vault/locked_buffer.h"
#include "vault/vault_records.h"

namespace mcpcred {

/// A vault, decrypted and verified.
struct VaultContent {
  LockedBuffer text;
  VaultHeader header;
  std::vector<VaultRecord> records;  ///< their lines lie in `text`

  StoreAnchor anchor() const { return {header.vault_id, header.generation}; }
  /// nullptr where there is no such entry.
  const VaultRecord* find(const EntryKey& key) const;
  std::vector<std::string> recipients() const;
};

/// Opens the bytes of a vault file. `seen` is the highest generation known (an empty id: none): another id is
/// kTampered, a lower generation kRolledBack. kDenied: the identity opens nothing here.
Result<VaultContent> open_vault_bytes(std::string_view file, const age::Identity& identity, const StoreAnchor& seen);

}  // namespace mcpcred
