#pragma once

#include <string_view>

#include "mcpcred/store.h"

namespace mcpcred::test {

inline EntryKey key(std::string_view variable, std::string_view account = "default") {
  return EntryKey(*VariableName::parse(variable), *AccountName::parse(account));
}

/// What every writable store has to do, from an empty one; leaves it empty. `second_handle` is the same store opened
/// once more.
void check_store_contract(SecretStore& store, SecretStore& second_handle);

/// What a read-only store has to do that has `value` under `present` and nothing under `absent`.
void check_read_only_contract(SecretStore& store, const EntryKey& present, std::string_view value,
                              const EntryKey& absent);

}  // namespace mcpcred::test
