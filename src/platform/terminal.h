#pragma once

#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// True where a person can be asked (the controlling terminal opens). Never looks at stdin.
bool terminal_available();

/// Asks at the controlling terminal without echo; one line, without its end. Backspace, ^U and ^W edit, a paste of up
/// to `limit` bytes is taken whole. ^C: the terminal is restored and kInterrupted returned; other signals and ^Z
/// restore it and then act as usual. No terminal: kLocked. End of input before a line: kInterrupted.
Result<Secret> ask_secret(std::string_view prompt, std::size_t limit);

/// Asks at the controlling terminal with echo; one line.
Result<std::string> ask_line(std::string_view prompt);

/// Writes to the controlling terminal, never to stdout or stderr.
Result<void> tell_terminal(std::string_view text);

/// Whether descriptor 0, 1 or 2 is a terminal.
bool descriptor_is_terminal(int descriptor);

/// What an output descriptor leads to.
struct TerminalTraits {
  bool terminal = false;
  bool escapes = false;  ///< obeys the sequences for colour and for erasing a line
  bool unicode = true;   ///< shows letters outside of ASCII; what is no terminal takes UTF-8
  unsigned width = 0;    ///< columns; 0: as many as come
};
TerminalTraits terminal_traits(int descriptor);

}  // namespace mcpcred
