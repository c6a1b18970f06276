#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "platform/passwd_entry.h"
#include "platform/process.h"

namespace mcpcred {

PasswdEntry passwd_entry() {
  std::vector<char> buffer(1024);
  struct passwd entry {};
  struct passwd* found = nullptr;
  int error = 0;
  while ((error = getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found)) == ERANGE)
    buffer.resize(buffer.size() * 2);
  const auto text = [](const char* field) { return std::string(field == nullptr ? "" : field); };
  return found == nullptr ? PasswdEntry{{}, {}, error} : PasswdEntry{text(found->pw_name), text(found->pw_dir), error};
}

Result<std::string> login_name() {
  PasswdEntry entry = passwd_entry();
  if (entry.name.empty())
    return fail(ErrorCode::kStoreUnavailable,
                "the user database has no name for uid " + std::to_string(geteuid()) + ", under which items are stored",
                "use another store: mcpcred vault init --help", entry.error);
  return std::move(entry.name);
}

}  // namespace mcpcred
