#include "store/platform_store.h"
#include "store/stores.h"

namespace mcpcred {

std::string_view platform_store_name() {
  return "credential-manager";
}

// Nobody is ever asked by Windows: the items are open while the person is logged on.
std::unique_ptr<SecretStore> make_platform_store(PlatformStoreOptions) {
  return make_credential_manager_store();
}

}  // namespace mcpcred
