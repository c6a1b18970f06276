#include "platform/surroundings.h"

#include <sys/stat.h>
#include <sys/utsname.h>

#include <string_view>

namespace mcpcred {
namespace {

bool exists(const char* path) {
  struct stat info {};
  return stat(path, &info) == 0;
}

bool is_set(const EnvironmentLookup& environment, std::string_view name) {
  const auto value = environment(name);
  return value && !value->empty();
}

// The kernels of both versions carry the maker's name; WSL_DISTRO_NAME is missing under env -i.
bool in_wsl() {
  struct utsname kernel {};
  if (uname(&kernel) != 0) return false;
  const std::string_view release = kernel.release;
  return release.find("icrosoft") != std::string_view::npos;
}

}  // namespace

std::string surroundings(const EnvironmentLookup& environment) {
  if (in_wsl()) return "WSL";
  // Docker, Podman, and what systemd-nspawn, LXC and Flatpak set.
  if (exists("/.dockerenv") || exists("/run/.containerenv") || is_set(environment, "container")) return "a container";
  if (is_set(environment, "KUBERNETES_SERVICE_HOST")) return "a container";
  if (is_set(environment, "SSH_CONNECTION") || is_set(environment, "SSH_TTY")) return "an SSH session";
  return {};
}

}  // namespace mcpcred
