#pragma once

#include <string_view>

#include "mcpcred/error.h"

namespace mcpcred {

/// What a failed call of the Credential Manager stands for; `what` is what it was to do ("read an item"), `number` is
/// GetLastError(). Windows only.
Error credential_manager_error(std::string_view what, unsigned long number);

}  // namespace mcpcred
