#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "platform/terminal.h"

namespace mcpcred::cli {

enum class Output : std::uint8_t { kOut, kErr };

/// The standard streams, so that tests can stand in for them.
class Io {
 public:
  virtual ~Io() = default;
  /// All of it or kOutputFailed.
  virtual Result<void> out(std::string_view text) = 0;
  virtual void err(std::string_view text) = 0;
  /// Standard input to its end; over `limit` bytes kTooLarge, and no more than that is read.
  virtual Result<Secret> read_stdin(std::size_t limit) = 0;
  virtual bool stdout_is_terminal() = 0;
  virtual TerminalTraits screen(Output output) = 0;
};

/// A person at the controlling terminal.
class Person {
 public:
  virtual ~Person() = default;
  /// False where nobody can be asked.
  virtual bool present() = 0;
  virtual Result<Secret> secret(std::string_view prompt, std::size_t limit) = 0;
  virtual Result<std::string> line(std::string_view prompt) = 0;
  virtual Result<void> tell(std::string_view text) = 0;
};

std::unique_ptr<Io> make_standard_io();
std::unique_ptr<Person> make_terminal_person();

}  // namespace mcpcred::cli
