#pragma once

#include <string_view>

#include "mcpcred/clients.h"
#include "mcpcred/result.h"

namespace mcpcred {

/// The key under which a descriptor has this system's paths: "linux", "macos" or "windows".
std::string_view client_system();

/// Reads one descriptor for a system. kInternal where it is not as the schema wants it: descriptors are ours.
Result<ClientInfo> read_descriptor(std::string_view json, std::string_view system);

}  // namespace mcpcred
