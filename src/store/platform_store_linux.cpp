#include "store/platform_store.h"
#include "store/stores.h"

namespace mcpcred {

std::string_view platform_store_name() {
  return "secret-service";
}

std::unique_ptr<SecretStore> make_platform_store(PlatformStoreOptions options) {
  return make_secret_service_store(std::move(options.environment), options.may_prompt);
}

}  // namespace mcpcred
