#include <exception>

#include "cli/app.h"
#include "platform/process.h"

int main(int argc, char** argv) {
  using namespace mcpcred;
  prepare_process();
  const auto io = cli::make_standard_io();
  const auto person = cli::make_terminal_person();
  try {
    cli::Outside outside{*io, *person, lookup_environment, environment_entries(), system_now()};
    return cli::run_app(std::move(outside), command_line(argc, argv));
  } catch (const std::exception&) {
    // The text of an exception may quote what it choked on.
    io->err("mcpcred: error: an internal error stopped the command\n");
    return error_info(ErrorCode::kInternal).exit_code;
  }
}
