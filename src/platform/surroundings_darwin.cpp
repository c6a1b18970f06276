#include "platform/surroundings.h"

namespace mcpcred {

std::string surroundings(const EnvironmentLookup& environment) {
  const auto connection = environment("SSH_CONNECTION");
  return connection && !connection->empty() ? "an SSH session" : "";
}

}  // namespace mcpcred
