#pragma once

#include <string>

#include "platform/paths.h"

namespace mcpcred {

/// Where this process runs, if that explains why a store of the system is missing: "WSL", "a container", "an SSH
/// session"; empty: nowhere special. For messages only.
std::string surroundings(const EnvironmentLookup& environment);

}  // namespace mcpcred
