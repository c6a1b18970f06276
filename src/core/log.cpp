#include "core/log.h"

namespace mcpcred {
namespace {

LogSink current_sink = nullptr;

}  // namespace

void set_log_sink(LogSink sink) {
  current_sink = sink;
}

bool log_enabled() {
  return current_sink != nullptr;
}

void log_debug(std::string_view message) {
  if (current_sink != nullptr) current_sink(message);
}

}  // namespace mcpcred
