#pragma once

#include <vector>

#include "mcpcred/registry.h"
#include "mcpcred/store.h"

namespace mcpcred {

struct MoveOutcome {
  std::vector<EntryKey> moved{};    ///< sorted; empty where only an earlier move was finished
  std::vector<EntryKey> missing{};  ///< the registry knows them, and the old store had no value
  bool finished_earlier = false;    ///< the values were moved before, and the old copies are removed now
};

/// Moves every credential of the pinned store `from`, its former values and our own keys to `to`, which is pinned then.
/// Each value is read back from `to` before anything is removed from `from`. Killed before the registry is written, all
/// is as it was, with copies in `to`; killed after it, the old copies are left and the next call removes them.
/// `to_has_passphrase`: `to` is a vault with a passphrase slot. kConflict where `to` holds another value under one of
/// the names, or is pinned already; kTampered where the registry's seal does not fit; then nothing is changed.
Result<MoveOutcome> move_all(const RegistryFile& file, SecretStore& from, SecretStore& to, bool to_has_passphrase);

}  // namespace mcpcred
