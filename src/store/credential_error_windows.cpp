#include <windows.h>

#include <string>

#include "platform/windows_support.h"
#include "store/credential_error.h"

namespace mcpcred {

Error credential_manager_error(std::string_view what, unsigned long number) {
  const std::string doing = "the Credential Manager cannot " + std::string(what);
  switch (number) {
    case ERROR_NO_SUCH_LOGON_SESSION:
      return {ErrorCode::kStoreUnavailable,
              "this session has no Credential Manager, as over SSH or in a service: its items belong to a person who "
              "is logged on",
              "use an encrypted vault there: mcpcred vault init --help", static_cast<long>(number)};
    case ERROR_ACCESS_DENIED:
      return {ErrorCode::kDenied, doing + ": access is denied",
              "an administrator may have forbidden it; use an encrypted vault: mcpcred vault init --help",
              static_cast<long>(number)};
    case ERROR_SERVICE_NOT_ACTIVE:
    case ERROR_SERVICE_DISABLED:
    case RPC_S_SERVER_UNAVAILABLE:
      return {ErrorCode::kStoreUnavailable, doing + ": its service does not run",
              "start the service \"Credential Manager\" (VaultSvc)", static_cast<long>(number)};
    default:
      return system_failure(doing, number).error();
  }
}

}  // namespace mcpcred
