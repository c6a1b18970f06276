#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "core/encoding.h"
#include "platform/descriptor.h"
#include "platform/process.h"

namespace mcpcred {
namespace {

std::string read_own_link() {
  constexpr std::string_view kDeleted = " (deleted)";
  std::array<char, 4096> buffer{};
  const ssize_t count = readlink("/proc/self/exe", buffer.data(), buffer.size());
  if (count <= 0 || static_cast<std::size_t>(count) == buffer.size()) return {};
  std::string path(buffer.data(), static_cast<std::size_t>(count));
  // An upgrade replaced the file while we run; the new one is at the same place.
  if (path.ends_with(kDeleted) && access(path.c_str(), F_OK) != 0) path.resize(path.size() - kDeleted.size());
  return path;
}

}  // namespace

// Found once, by prepare_process: /proc/self belongs to root from when we are undumpable.
std::string own_executable() {
  static const std::string path = read_own_link();
  return path;
}

std::string parent_program() {
  const std::string path = "/proc/" + std::to_string(getppid()) + "/comm";
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return {};
  std::array<char, 64> buffer{};
  const ssize_t count = read(file.get(), buffer.data(), buffer.size());
  if (count <= 0) return {};
  std::string name(buffer.data(), static_cast<std::size_t>(count));
  if (name.ends_with('\n')) name.pop_back();
  return printable(name);
}

}  // namespace mcpcred
