#include "platform/settings_folders.h"

namespace mcpcred {

Result<std::string> settings_folder(const EnvironmentLookup& environment) {
  MCPCRED_TRY(home, find_home(environment));
  return home + "/Library/Application Support";
}

Result<std::vector<std::string>> powershell_folders(const EnvironmentLookup& environment) {
  MCPCRED_TRY(folder, xdg_config_folder(environment));
  return std::vector<std::string>{folder + "/powershell"};
}

bool terminals_start_login_shells() {
  return true;
}

}  // namespace mcpcred
