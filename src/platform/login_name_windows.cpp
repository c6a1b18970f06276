#include "platform/process.h"
#include "platform/windows_support.h"

namespace mcpcred {

Result<std::string> login_name() {
  wchar_t name[257];
  DWORD size = static_cast<DWORD>(std::size(name));
  if (!GetUserNameW(name, &size) || size < 2)
    return fail(ErrorCode::kStoreUnavailable, "the system tells no name of this user",
                "use another store: mcpcred vault init --help", static_cast<long>(GetLastError()));
  return narrow({name, size - 1});
}

}  // namespace mcpcred
