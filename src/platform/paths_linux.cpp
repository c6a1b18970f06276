#include "platform/native.h"

namespace mcpcred {
namespace {

// The XDG specification: a relative path is invalid and to be ignored.
Result<std::string> base_folder(const EnvironmentLookup& environment, std::string_view variable,
                                std::string_view below_home) {
  std::optional<std::string> folder = environment(variable);
  if (!folder || !folder->starts_with('/')) {
    MCPCRED_TRY(home, find_home(environment));
    folder = (home == "/" ? std::string() : home) + std::string(below_home);
  }
  while (folder->ends_with('/')) folder->pop_back();
  return *folder + "/mcpcred";
}

}  // namespace

Result<Folders> platform_folders(const EnvironmentLookup& environment) {
  MCPCRED_TRY(config, base_folder(environment, "XDG_CONFIG_HOME", "/.config"));
  MCPCRED_TRY(data, base_folder(environment, "XDG_DATA_HOME", "/.local/share"));
  MCPCRED_TRY(state, base_folder(environment, "XDG_STATE_HOME", "/.local/state"));
  return Folders{std::move(config), std::move(data), std::move(state)};
}

}  // namespace mcpcred
