#pragma once

#include <termios.h>

#include "mcpcred/result.h"
#include "platform/descriptor.h"

namespace mcpcred {

/// Opens the terminal that a person sits at, whatever stdin and stdout are. None: kLocked.
Result<Descriptor> open_controlling_terminal();

/// The terminal's mode while a secret is typed: no echo, byte by byte (a line of a terminal ends at 4095 bytes). What
/// was typed ahead is dropped, as it was shown; so is the rest of a paste of several lines at the end, which would go
/// to the shell and into its history.
class HiddenInput {
 public:
  explicit HiddenInput(int terminal) : terminal_(terminal) {}
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  ~HiddenInput() { restore(); }

  /// False: the terminal refused, errno tells why, nothing is hidden.
  bool apply();
  void restore();
  /// The mode that restore() goes back to, for the keys that edit.
  const termios& saved() const { return saved_; }

 private:
  int terminal_;
  bool applied_ = false;
  termios saved_{};
};

}  // namespace mcpcred
