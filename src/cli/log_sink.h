#pragma once

namespace mcpcred::cli {

/// --verbose: what the core says goes to stderr, with the time.
void log_to_stderr();

}  // namespace mcpcred::cli
