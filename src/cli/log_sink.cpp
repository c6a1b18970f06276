#include "cli/log_sink.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/encoding.h"
#include "core/log.h"

namespace mcpcred::cli {

void log_to_stderr() {
  set_log_sink([](std::string_view message) {
    static const auto logger = [] {
      auto made = spdlog::stderr_logger_st("mcpcred");
      made->set_level(spdlog::level::debug);
      made->set_pattern("mcpcred: %H:%M:%S.%e %v");
      return made;
    }();
    logger->debug("{}", printable(message));
  });
}

}  // namespace mcpcred::cli
