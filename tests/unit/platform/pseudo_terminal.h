#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <functional>
#include <string>

#include "catch.h"

namespace test {

/// Runs a function at a terminal of its own, as a foreground job of a small shell (which ^Z needs), and plays the
/// person at it. Nothing waits longer than a few seconds.
class PseudoTerminal {
 public:
  explicit PseudoTerminal(std::function<int()> body, unsigned short columns = 80) {
    master_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    REQUIRE(master_ >= 0);
    REQUIRE(grantpt(master_) == 0);
    REQUIRE(unlockpt(master_) == 0);
    slave_ = open(ptsname(master_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    REQUIRE(slave_ >= 0);
    winsize size{};
    size.ws_col = columns;
    ioctl(slave_, TIOCSWINSZ, &size);
    REQUIRE(pipe(report_) == 0);
    shell_ = fork();
    if (shell_ == 0) run_shell(body);
    REQUIRE(read(report_[0], &job_, sizeof job_) == sizeof job_);
  }
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;
  ~PseudoTerminal() {
    kill(-job_, SIGKILL);
    kill(shell_, SIGKILL);
    waitpid(shell_, nullptr, 0);
    for (const int descriptor : {master_, slave_, report_[0], report_[1]}) close(descriptor);
  }

  /// Reads up to and with `text`; false where it does not come.
  bool wait_for(const std::string& text) {
    while (shown_.find(text) == std::string::npos) {
      if (!read_more(kPatience)) return false;
    }
    shown_.erase(0, shown_.find(text) + text.size());
    return true;
  }

  /// Types, reading meanwhile: a terminal that nobody reads from stands still.
  void type(const std::string& keys) {
    std::size_t done = 0;
    while (done < keys.size()) {
      pollfd state{master_, POLLIN | POLLOUT, 0};
      if (poll(&state, 1, kPatience) <= 0) return;
      if ((state.revents & POLLIN) != 0) read_more(0);
      if ((state.revents & POLLOUT) == 0) continue;
      const ssize_t count = write(master_, keys.data() + done, std::min<std::size_t>(keys.size() - done, 512));
      if (count <= 0) return;
      done += static_cast<std::size_t>(count);
    }
  }

  /// What is shown until the job ended.
  std::string rest() {
    while (!ended_) {
      read_more(20);
      poll_report(0);
    }
    while (read_more(20)) {
    }
    return std::exchange(shown_, {});
  }

  int exit_code() {
    for (int i = 0; i < 500 && !ended_; ++i) poll_report(10);
    REQUIRE(ended_);
    return WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  }

  bool wait_stopped() {
    stopped_ = false;
    for (int i = 0; i < 500 && !stopped_ && !ended_; ++i) poll_report(10);
    return stopped_;
  }

  void signal(int number) const { kill(job_, number); }
  void go_on() const { kill(-job_, SIGCONT); }
  bool echoes() const { return (mode().c_lflag & static_cast<tcflag_t>(ECHO)) != 0; }
  void set_echo(bool on) const {
    termios changed = mode();
    if (on) changed.c_lflag |= static_cast<tcflag_t>(ECHO | ICANON);
    tcsetattr(master_, TCSANOW, &changed);
  }
  int unread_bytes() const {
    int count = -1;
    ioctl(slave_, FIONREAD, &count);
    return count;
  }
  void hang_up() {
    close(slave_);
    close(master_);
    master_ = slave_ = -1;
  }

 private:
  static constexpr int kPatience = 5000;

  termios mode() const {
    termios now{};
    REQUIRE(tcgetattr(slave_, &now) == 0);
    return now;
  }

  [[noreturn]] void run_shell(const std::function<int()>& body) {
    setsid();
    ioctl(slave_, TIOCSCTTY, 0);
    ::signal(SIGTTOU, SIG_IGN);
    ::signal(SIGHUP, SIG_IGN);
    close(master_);
    const pid_t job = fork();
    if (job == 0) {
      setpgid(0, 0);
      tcsetpgrp(slave_, getpid());
      ::signal(SIGTTOU, SIG_DFL);
      ::signal(SIGHUP, SIG_DFL);
      for (const int descriptor : {0, 1, 2}) dup2(slave_, descriptor);
      const pid_t self = getpid();
      if (write(report_[1], &self, sizeof self) != sizeof self) _exit(98);
      _exit(body());
    }
    close(slave_);
    int status = 0;
    while (waitpid(job, &status, WUNTRACED) == job) {
      if (write(report_[1], &status, sizeof status) != sizeof status || !WIFSTOPPED(status)) break;
    }
    // Stays, so that the terminal keeps its session until the test is done with it.
    for (;;) pause();
  }

  bool read_more(int patience) {
    pollfd state{master_, POLLIN, 0};
    if (poll(&state, 1, patience) <= 0) return false;
    char buffer[4096];
    const ssize_t count = read(master_, buffer, sizeof buffer);
    if (count <= 0) return false;
    shown_.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  void poll_report(int patience) {
    pollfd state{report_[0], POLLIN, 0};
    if (poll(&state, 1, patience) <= 0) return;
    if (read(report_[0], &status_, sizeof status_) != sizeof status_) return;
    stopped_ = WIFSTOPPED(status_);
    ended_ = !stopped_;
  }

  int master_ = -1;
  int slave_ = -1;
  int report_[2] = {-1, -1};
  pid_t shell_ = -1;
  pid_t job_ = -1;
  int status_ = 0;
  bool stopped_ = false;
  bool ended_ = false;
  std::string shown_;
};

}  // namespace test
