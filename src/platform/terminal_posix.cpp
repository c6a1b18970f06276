#include "platform/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

#include "platform/controlling_terminal.h"
#include "platform/posix_support.h"
#include "platform/process.h"

namespace mcpcred {
namespace {

// The first of the three that is set decides, as in every C library. Looked at by name: setlocale() would read files.
bool locale_is_utf8() {
  for (const std::string_view name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string value = lookup_environment(name).value_or("");
    if (value.empty()) continue;
    return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos ||
           value.find("utf-8") != std::string::npos || value.find("UTF8") != std::string::npos;
  }
  return false;
}

}  // namespace

Result<Descriptor> open_controlling_terminal() {
  Descriptor terminal(retry_interrupted([] { return open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY); }));
  if (terminal.valid() && terminal.get() < FD_SETSIZE) return terminal;  // the prompt waits with pselect
  return fail(ErrorCode::kLocked, "there is no terminal to ask at", "run it in a terminal", errno);
}

bool HiddenInput::apply() {
  if (!applied_ && tcgetattr(terminal_, &saved_) != 0) return false;
  termios hidden = saved_;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | IEXTEN);
  hidden.c_lflag |= static_cast<tcflag_t>(ISIG);
  hidden.c_iflag &= ~static_cast<tcflag_t>(IXON | ISTRIP | INLCR | IGNCR);
  hidden.c_iflag |= static_cast<tcflag_t>(ICRNL);
  hidden.c_cc[VMIN] = 1;
  hidden.c_cc[VTIME] = 0;
  const int action = applied_ ? TCSADRAIN : TCSAFLUSH;
  if (retry_interrupted([&] { return tcsetattr(terminal_, action, &hidden); }) != 0) return false;
  applied_ = true;
  // tcsetattr is content with having done a part.
  termios now{};
  if (tcgetattr(terminal_, &now) == 0 && (now.c_lflag & static_cast<tcflag_t>(ECHO | ICANON)) == 0) return true;
  restore();
  errno = ENOTTY;
  return false;
}

void HiddenInput::restore() {
  if (!applied_) return;
  applied_ = false;
  retry_interrupted([&] { return tcsetattr(terminal_, TCSAFLUSH, &saved_); });
}

bool terminal_available() {
  return open_controlling_terminal().has_value();
}

Result<void> tell_terminal(std::string_view text) {
  MCPCRED_TRY(terminal, open_controlling_terminal());
  if (!write_all(terminal.get(), text)) return system_failure("cannot write to the terminal", errno);
  return {};
}

bool descriptor_is_terminal(int descriptor) {
  return isatty(descriptor) == 1;
}

TerminalTraits terminal_traits(int descriptor) {
  constexpr unsigned kUsualWidth = 80;
  if (!descriptor_is_terminal(descriptor)) return {};
  winsize size{};
  const bool known = ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
  const std::string kind = lookup_environment("TERM").value_or("dumb");
  return {true, !kind.empty() && kind != "dumb", locale_is_utf8(), known ? size.ws_col : kUsualWidth};
}

}  // namespace mcpcred
