#include "platform/settings_folders.h"

namespace mcpcred {

Result<std::string> xdg_config_folder(const EnvironmentLookup& environment) {
  if (std::optional<std::string> folder = environment("XDG_CONFIG_HOME"); folder && is_absolute_path(*folder)) {
    while (folder->size() > 1 && folder->ends_with('/')) folder->pop_back();
    return *folder;
  }
  MCPCRED_TRY(home, find_home(environment));
  return (home == "/" ? std::string() : home) + "/.config";
}

}  // namespace mcpcred
