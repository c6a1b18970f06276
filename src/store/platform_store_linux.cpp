#include "store/platform_store.h"
#include "store/stores.h"

namespace mcpcred {

std::string_view platform_store_name() {
  return "secret-service";
}

std::unique_ptr<SecretStore> make_platform_store(PlatformStoreOptions options) {
  // A file in place of a bus is libsecret's own business; so is where it lies and how it is encrypted.
  if (options.environment("SECRET_BACKEND").value_or("") == "file")
    return make_libsecret_store(LibsecretUse::kFile, options.may_prompt);
  if (options.environment("MCPCRED_SECRET_SERVICE_SESSION").value_or("") == "encrypted")
    return make_libsecret_store(LibsecretUse::kEncryptedSession, options.may_prompt);
  return make_secret_service_store(std::move(options.environment), options.may_prompt);
}

}  // namespace mcpcred
