#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "platform/controlling_terminal.h"
#include "platform/posix_support.h"
#include "platform/prompt_signals.h"
#include "platform/terminal.h"

namespace mcpcred {
namespace {

constexpr std::string_view kPasteBegins = "\x1b[200~";
constexpr std::string_view kPasteEnds = "\x1b[201~";
constexpr std::size_t kLineLimit = 4096;
constexpr char kControlD = 0x04;
constexpr char kControlU = 0x15;
constexpr char kControlW = 0x17;
constexpr char kBackspace = 0x08;
constexpr char kDelete = 0x7f;

enum class Step { kMore, kDone, kEnd };

// One line as it is typed. The terminal edits nothing in this mode, so the usual keys are done here.
class Line {
 public:
  Line(std::size_t limit, bool edits, const termios& keys) : limit_(limit), edits_(edits), keys_(keys) {
    text_.reserve(limit_ + kPasteEnds.size());
  }

  Step take(char c) {
    if (c == '\n' || c == '\r') return Step::kDone;
    if (!edits_) return add(c);
    if (is_key(c, VEOF, kControlD)) return text_.empty() ? Step::kEnd : Step::kMore;
    if (is_key(c, VERASE, kDelete) || c == kBackspace) return erase_character();
    if (is_key(c, VKILL, kControlU)) return clear();
    if (is_key(c, VWERASE, kControlW)) return erase_word();
    return add(c);
  }

  bool too_long() const { return too_long_ || text_.size() > limit_; }
  Step clear() {
    text_.truncate(0);
    too_long_ = false;
    return Step::kMore;
  }
  Secret take_text() { return std::move(text_); }

 private:
  bool is_key(char c, int index, char usual) const {
    const cc_t key = keys_.c_cc[index];
    return c == usual || (key != _POSIX_VDISABLE && static_cast<unsigned char>(c) == key);
  }

  // A line that is too long is read to its end all the same, or its rest would go to whoever reads next.
  Step add(char c) {
    if (text_.size() >= limit_ + kPasteEnds.size()) {
      too_long_ = true;
      return Step::kMore;
    }
    text_.append({&c, 1});
    if (text_.reveal().ends_with(kPasteBegins) || text_.reveal().ends_with(kPasteEnds)) {
      text_.truncate(text_.size() - kPasteEnds.size());
    }
    return Step::kMore;
  }

  Step erase_character() {
    std::size_t size = text_.size();
    const std::string_view text = text_.reveal();
    while (size > 0 && (static_cast<unsigned char>(text[size - 1]) & 0xC0U) == 0x80U) --size;
    text_.truncate(size > 0 ? size - 1 : 0);
    return Step::kMore;
  }

  Step erase_word() {
    std::size_t size = text_.size();
    const std::string_view text = text_.reveal();
    while (size > 0 && text[size - 1] == ' ') --size;
    while (size > 0 && text[size - 1] != ' ') --size;
    text_.truncate(size);
    return Step::kMore;
  }

  std::size_t limit_;
  bool edits_;
  const termios& keys_;
  bool too_long_ = false;
  Secret text_;
};

Unexpected no_answer(std::string_view why) {
  return fail(ErrorCode::kInterrupted, "the question was not answered: " + std::string(why));
}

// Reads what is there and hands it to the line. kEnd also where the terminal is gone. `more_followed`: bytes behind the
// line's end came with it.
Step read_some(int terminal, Line& line, bool& more_followed) {
  char bytes[1024];
  const ssize_t count = retry_interrupted([&] { return read(terminal, bytes, sizeof bytes); });
  Step step = count > 0 ? Step::kMore : Step::kEnd;
  ssize_t taken = 0;
  while (taken < count && step == Step::kMore) step = line.take(bytes[taken++]);
  more_followed = taken < count;
  wipe(bytes, sizeof bytes);
  return step;
}

// A paste of several lines comes in pieces: what the terminal has not delivered yet would be flushed by nobody.
void drop_rest_of_paste(int terminal) {
  constexpr int kQuietMs = 50;
  constexpr int kMostPieces = 128;
  char bytes[1024];
  for (int i = 0; i < kMostPieces; ++i) {
    pollfd waiting{terminal, POLLIN, 0};
    if (poll(&waiting, 1, kQuietMs) <= 0 || read(terminal, bytes, sizeof bytes) <= 0) break;
  }
  wipe(bytes, sizeof bytes);
}

class Question {
 public:
  Question(int terminal, std::string_view prompt, bool hidden)
      : terminal_(terminal), prompt_(prompt), hidden_(hidden), input_(terminal) {}

  Result<Secret> ask(std::size_t limit) {
    int fatal = 0;
    Result<Secret> answer = ask_noting_signals(limit, fatal);
    // Only now, with the terminal as it was and the usual dispositions in place.
    if (fatal != 0) kill(getpid(), fatal);
    return answer;
  }

 private:
  Result<void> begin() {
    if (hidden_ && !input_.apply()) {
      const int number = errno;
      return fail(ErrorCode::kLocked, system_error("cannot switch off the terminal's echo", number).message,
                  "run it in the foreground of a terminal", number);
    }
    if (!write_all(terminal_, prompt_)) return system_failure("cannot write to the terminal", errno);
    return {};
  }

  Result<Secret> ask_noting_signals(std::size_t limit, int& fatal) {
    PromptSignals signals;
    MCPCRED_CHECK(begin());
    Line line(limit, hidden_, input_.saved());
    Step step = Step::kMore;
    bool more_followed = false;
    while (step == Step::kMore) {
      if (signals.wait_readable(terminal_)) {
        step = read_some(terminal_, line, more_followed);
        continue;
      }
      const int signal = signals.next();
      if (signal == 0) continue;
      if (signal != SIGTSTP && signal != SIGCONT) {
        finish(true);
        fatal = signal == SIGINT ? 0 : signal;
        return no_answer("interrupted");
      }
      if (signal == SIGTSTP) {
        input_.restore();
        signals.stop_here(SIGTSTP);
      }
      line.clear();
      MCPCRED_CHECK(begin());
    }
    if (hidden_ && more_followed) drop_rest_of_paste(terminal_);
    finish(hidden_ || step == Step::kEnd);
    if (step == Step::kEnd) return no_answer("end of input");
    if (line.too_long()) {
      return fail(ErrorCode::kTooLarge, "the line is longer than " + std::to_string(limit) + " bytes");
    }
    return line.take_text();
  }

  // A line end that was typed without echo was not shown, and after ^C the shell's prompt wants a line of its own.
  void finish(bool new_line) {
    if (new_line) write_all(terminal_, "\n");
    input_.restore();
  }

  int terminal_;
  std::string_view prompt_;
  bool hidden_;
  HiddenInput input_;
};

}  // namespace

Result<Secret> ask_secret(std::string_view prompt, std::size_t limit) {
  MCPCRED_TRY(terminal, open_controlling_terminal());
  return Question(terminal.get(), prompt, true).ask(limit);
}

Result<std::string> ask_line(std::string_view prompt) {
  MCPCRED_TRY(terminal, open_controlling_terminal());
  MCPCRED_TRY(line, Question(terminal.get(), prompt, false).ask(kLineLimit));
  return std::string(line.reveal());
}

}  // namespace mcpcred
