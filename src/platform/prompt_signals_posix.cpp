#include "platform/prompt_signals.h"

#include <sys/select.h>

#include <cerrno>

namespace mcpcred {
namespace {

volatile sig_atomic_t arrived[NSIG];

extern "C" void note_signal(int signal) {
  arrived[signal] = 1;
}

struct sigaction noting() {
  struct sigaction action {};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  return action;
}

}  // namespace

PromptSignals::PromptSignals() {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int signal : kHandled) sigaddset(&ours, signal);
  sigprocmask(SIG_BLOCK, &ours, &former_mask_);
  waiting_mask_ = former_mask_;
  const struct sigaction action = noting();
  for (std::size_t i = 0; i < kHandled.size(); ++i) {
    arrived[kHandled[i]] = 0;
    sigaction(kHandled[i], nullptr, &former_[i]);
    if (former_[i].sa_handler != SIG_IGN) sigaction(kHandled[i], &action, nullptr);
  }
}

PromptSignals::~PromptSignals() {
  for (std::size_t i = 0; i < kHandled.size(); ++i) sigaction(kHandled[i], &former_[i], nullptr);
  sigprocmask(SIG_SETMASK, &former_mask_, nullptr);
}

// pselect, as poll on /dev/tty does not work on macOS.
bool PromptSignals::wait_readable(int descriptor) {
  fd_set readable;
  FD_ZERO(&readable);
  FD_SET(descriptor, &readable);
  return pselect(descriptor + 1, &readable, nullptr, nullptr, nullptr, &waiting_mask_) >= 0 || errno != EINTR;
}

int PromptSignals::next() {
  for (const int signal : kHandled) {
    if (arrived[signal] == 0) continue;
    arrived[signal] = 0;
    return signal;
  }
  return 0;
}

void PromptSignals::stop_here(int signal) {
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  struct sigaction ours {};
  sigaction(signal, &usual, &ours);
  sigset_t blocked;
  sigprocmask(SIG_SETMASK, nullptr, &blocked);
  raise(signal);
  sigprocmask(SIG_SETMASK, &waiting_mask_, nullptr);  // stops here
  sigprocmask(SIG_SETMASK, &blocked, nullptr);
  sigaction(signal, &ours, nullptr);
  arrived[SIGCONT] = 0;
}

}  // namespace mcpcred
