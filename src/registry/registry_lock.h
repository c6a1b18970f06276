#pragma once

#include "mcpcred/registry.h"
#include "platform/lock.h"

namespace mcpcred {

/// The lock under which registry and store change together; makes the state folder where it is not there.
Result<FileLock> lock_registry(const RegistryFile& file);

}  // namespace mcpcred
