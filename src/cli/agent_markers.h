#pragma once

#include <string>

#include "platform/paths.h"

namespace mcpcred::cli {

/// The variable by which the shell of an AI agent was recognised; empty where there is none. A guard rail against
/// accidents, not a boundary: whoever wants to can unset it.
std::string agent_marker(const EnvironmentLookup& environment);

}  // namespace mcpcred::cli
