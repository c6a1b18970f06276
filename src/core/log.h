#pragma once

#include <string_view>

namespace mcpcred {

/// Receives what the core says under --verbose. Names keys and files, never values or lengths.
using LogSink = void (*)(std::string_view message);
void set_log_sink(LogSink sink);
/// True where somebody listens; ask before building an expensive message.
bool log_enabled();
void log_debug(std::string_view message);

}  // namespace mcpcred
