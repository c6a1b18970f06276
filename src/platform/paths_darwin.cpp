#include "platform/native.h"

namespace mcpcred {

Result<Folders> platform_folders(const EnvironmentLookup& environment) {
  MCPCRED_TRY(home, find_home(environment));
  const std::string base = home + "/Library/Application Support/mcpcred";
  return Folders{base + "/config", base, base + "/state"};
}

}  // namespace mcpcred
