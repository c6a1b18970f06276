#pragma once

#include <optional>

#include "mcpcred/registry.h"

namespace mcpcred {

/// The store's hidden item with our own keys; nullopt where it has none.
Result<std::optional<StoreKeys>> read_keys(SecretStore& store);

/// The answer where a release or a change needs them and they are gone.
Error no_keys_error();

}  // namespace mcpcred
