#include "platform/process.h"
#include "store/platform_store.h"
#include "store/stores.h"

namespace mcpcred {

std::string_view platform_store_name() {
  return "keychain";
}

std::unique_ptr<SecretStore> make_platform_store(PlatformStoreOptions options) {
  auto login = login_name();
  return make_keychain_store(login ? std::move(*login) : std::string(), options.may_prompt);
}

}  // namespace mcpcred
