#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/store.h"

// The secret store that comes with the system: one file a platform.
namespace mcpcred {

struct PlatformStoreOptions {
  std::function<std::optional<std::string>(std::string_view)> environment;
  /// False: what is locked stays locked (kLocked) instead of the provider asking the person.
  bool may_prompt = true;
};

/// As in --store: "keychain", "credential-manager", "secret-service".
std::string_view platform_store_name();

/// Its handle. Says only when it is used whether it is there.
std::unique_ptr<SecretStore> make_platform_store(PlatformStoreOptions options);

}  // namespace mcpcred
