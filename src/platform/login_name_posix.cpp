#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "platform/process.h"

namespace mcpcred {

Result<std::string> login_name() {
  std::vector<char> buffer(1024);
  struct passwd entry {};
  struct passwd* found = nullptr;
  int error = 0;
  while ((error = getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found)) == ERANGE)
    buffer.resize(buffer.size() * 2);
  if (found == nullptr || found->pw_name == nullptr || *found->pw_name == '\0')
    return fail(ErrorCode::kStoreUnavailable,
                "the user database has no name for uid " + std::to_string(geteuid()) + ", under which items are stored",
                "use another store: mcpcred vault init --help", error);
  return std::string(found->pw_name);
}

}  // namespace mcpcred
