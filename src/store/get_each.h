#pragma once

#include <optional>
#include <span>
#include <vector>

#include "mcpcred/store.h"

namespace mcpcred {

/// get_many() for stores of which no call fetches several: one get() a key, up to the first that fails.
inline Result<std::vector<std::optional<Secret>>> get_each(SecretStore& store, std::span<const EntryKey> keys) {
  std::vector<std::optional<Secret>> values;
  values.reserve(keys.size());
  for (const EntryKey& key : keys) {
    MCPCRED_TRY(value, store.get(key));
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace mcpcred
