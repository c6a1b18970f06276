#pragma once

#include <signal.h>

#include <array>

namespace mcpcred {

/// While it lives, the signals that end or stop a program are only noted, and arrive nowhere but in wait_readable():
/// so none can come between a look and a wait. One object at a time. Signals that are ignored stay ignored.
class PromptSignals {
 public:
  PromptSignals();
  PromptSignals(const PromptSignals&) = delete;
  PromptSignals& operator=(const PromptSignals&) = delete;
  ~PromptSignals();

  /// Waits for input. True: there is some, or the terminal is gone. False: a signal came, see next().
  bool wait_readable(int descriptor);

  /// A signal that came and was not asked for yet; 0: none.
  int next();

  /// Stops this process as `signal` does without us (SIGTSTP); returns when it goes on.
  void stop_here(int signal);

 private:
  static constexpr std::array kHandled = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT};
  std::array<struct sigaction, kHandled.size()> former_{};
  sigset_t former_mask_{};
  sigset_t waiting_mask_{};
};

}  // namespace mcpcred
