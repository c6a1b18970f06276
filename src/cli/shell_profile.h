#pragma once

#include <string>

#include "cli/context.h"
#include "mcpcred/profile.h"

namespace mcpcred::cli {

/// The shell that this person uses, as profile_shells() has it or as the program is called: the login shell ($SHELL),
/// else the one that started us; empty where neither is known.
std::string users_shell(Context& context);

/// The block for this command line: mcpcred by name where PATH finds it, else by its own path; --account and --data-dir
/// as they were given. kUsage for --store, which the pin decides.
Result<ProfileRequest> profile_request(Context& context);

/// What every offer of the block has to say: in an agent's shell nothing is exported (a warning), and what is in a
/// shell is open to all that it starts (a hint, for who did not have the block before).
void warn_of_profile(Context& context, bool is_new = true);

}  // namespace mcpcred::cli
