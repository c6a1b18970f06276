#pragma once

#include <string>

#include "platform/paths.h"

namespace mcpcred::cli {

/// The variable by which the shell of an AI agent was recognised; empty where there is none. A guard rail against
/// accidents, not a boundary: whoever wants to can unset it.
std::string agent_marker(const EnvironmentLookup& environment);

/// Whether a command may say that a value equals a stored one. In an agent's shell it may not: whoever learns that can
/// try one guess after the other.
inline bool may_tell_equality(const EnvironmentLookup& environment) {
  return agent_marker(environment).empty();
}

}  // namespace mcpcred::cli
