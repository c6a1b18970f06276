#include <libproc.h>
#include <mach-o/dyld.h>
#include <sys/param.h>
#include <unistd.h>

#include <array>

#include "core/encoding.h"
#include "platform/posix_support.h"
#include "platform/process.h"

namespace mcpcred {

std::string own_executable() {
  std::array<char, 4096> buffer{};
  auto size = static_cast<std::uint32_t>(buffer.size());
  if (_NSGetExecutablePath(buffer.data(), &size) != 0) return {};
  return real_path(buffer.data()).value_or("");
}

std::string parent_program() {
  std::array<char, 2 * MAXCOMLEN + 1> buffer{};
  const int count = proc_name(getppid(), buffer.data(), static_cast<std::uint32_t>(buffer.size()));
  return count > 0 ? printable(std::string(buffer.data(), static_cast<std::size_t>(count))) : std::string();
}

}  // namespace mcpcred
