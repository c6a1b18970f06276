#include "platform/terminal.h"

#include <io.h>

#include "core/utf16.h"
#include "platform/windows_support.h"

namespace mcpcred {
namespace {

constexpr std::size_t kLineLimit = 4096;
constexpr wchar_t kControlC = 0x03;
constexpr wchar_t kBackspace = 0x08;
constexpr wchar_t kControlU = 0x15;
constexpr wchar_t kControlW = 0x17;
constexpr wchar_t kControlZ = 0x1a;
constexpr wchar_t kDelete = 0x7f;

enum class Step { kMore, kDone, kEnd, kInterrupted };

// The console whatever stdin and stdout are, as /dev/tty is on POSIX.
Handle open_console(const wchar_t* name) {
  return Handle(CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                            OPEN_EXISTING, 0, nullptr));
}

Unexpected no_terminal() {
  return fail(ErrorCode::kLocked, "there is no terminal to ask at", "run it in a terminal",
              static_cast<long>(GetLastError()));
}

HANDLE changed_console = nullptr;
DWORD former_mode = 0;

// Ctrl-Break, a closed window, a log-off: the mode goes back, then what usually happens does.
BOOL WINAPI restore_on_event(DWORD) {
  if (changed_console != nullptr) SetConsoleMode(changed_console, former_mode);
  return FALSE;
}

// Byte by byte without echo and without the console's own handling of Ctrl-C, which arrives as a character. One object
// at a time.
class HiddenInput {
 public:
  explicit HiddenInput(HANDLE console) : console_(console) {}
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;
  ~HiddenInput() {
    if (!applied_) return;
    SetConsoleMode(console_, former_mode);
    changed_console = nullptr;
    SetConsoleCtrlHandler(restore_on_event, FALSE);
  }

  bool apply() {
    if (!GetConsoleMode(console_, &former_mode)) return false;
    changed_console = console_;
    SetConsoleCtrlHandler(restore_on_event, TRUE);
    applied_ = true;
    // What was typed ahead was shown.
    FlushConsoleInputBuffer(console_);
    constexpr DWORD kOff = ENABLE_ECHO_INPUT | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT | ENABLE_MOUSE_INPUT |
                           ENABLE_WINDOW_INPUT | ENABLE_VIRTUAL_TERMINAL_INPUT;
    return SetConsoleMode(console_, former_mode & ~kOff) != 0;
  }

 private:
  HANDLE console_;
  bool applied_ = false;
};

// One line as it is typed, in UTF-16 and in memory that is wiped.
class Line {
 public:
  Line(std::size_t limit, bool cooked) : limit_(limit), cooked_(cooked) { text_.reserve(2 * limit_ + 2); }

  Step take(wchar_t unit) {
    switch (unit) {
      case L'\r':  // the console's own editing gives both
        return cooked_ ? Step::kMore : Step::kDone;
      case L'\n':
        return Step::kDone;
      case kControlC:
        return Step::kInterrupted;
      case kControlZ:
        return text_.empty() ? Step::kEnd : Step::kMore;
      case kBackspace:
      case kDelete:
        erase_character();
        return Step::kMore;
      case kControlU:
        text_.truncate(0);
        too_long_ = false;
        return Step::kMore;
      case kControlW:
        erase_word();
        return Step::kMore;
      default:
        break;
    }
    // A line that is too long is read to its end all the same, or its rest would go to whoever reads next.
    if (text_.size() >= 2 * limit_) {
      too_long_ = true;
    } else {
      text_.append({reinterpret_cast<const char*>(&unit), sizeof unit});
    }
    return Step::kMore;
  }

  Result<Secret> take_text() {
    auto text = utf8_from_utf16(text_.reveal());
    if (!text) return fail(ErrorCode::kInvalidInput, "that was no text");
    if (too_long_ || text->size() > limit_)
      return fail(ErrorCode::kTooLarge, "the line is longer than " + std::to_string(limit_) + " bytes");
    return std::move(*text);
  }

 private:
  unsigned unit_at(std::size_t at) const {
    const std::string_view bytes = text_.reveal();
    return static_cast<unsigned char>(bytes[at]) |
           (static_cast<unsigned>(static_cast<unsigned char>(bytes[at + 1])) << 8U);
  }
  void erase_character() {
    if (text_.empty()) return;
    const bool pair = text_.size() >= 4 && (unit_at(text_.size() - 2) & 0xFC00U) == 0xDC00U;
    text_.truncate(text_.size() - (pair ? 4 : 2));
  }
  void erase_word() {
    while (!text_.empty() && unit_at(text_.size() - 2) == ' ') erase_character();
    while (!text_.empty() && unit_at(text_.size() - 2) != ' ') erase_character();
  }

  std::size_t limit_;
  bool cooked_;
  bool too_long_ = false;
  Secret text_;
};

Result<void> write_text(HANDLE console, std::string_view text) {
  const auto wide = widen(text);
  DWORD written = 0;
  if (!wide || !WriteConsoleW(console, wide->data(), static_cast<DWORD>(wide->size()), &written, nullptr))
    return system_failure("cannot write to the terminal", GetLastError());
  return {};
}

Result<Secret> ask(std::string_view prompt, std::size_t limit, bool hidden) {
  const Handle in = open_console(L"CONIN$");
  const Handle out = open_console(L"CONOUT$");
  if (!in.valid() || !out.valid()) return no_terminal();
  HiddenInput input(in.get());
  if (hidden && !input.apply())
    return fail(ErrorCode::kLocked, "cannot switch off the terminal's echo", "run it in a terminal of Windows' own",
                static_cast<long>(GetLastError()));
  MCPCRED_CHECK(write_text(out.get(), prompt));
  Line line(limit, !hidden);
  Step step = Step::kMore;
  wchar_t units[256];
  while (step == Step::kMore) {
    DWORD count = 0;
    if (!ReadConsoleW(in.get(), units, static_cast<DWORD>(std::size(units)), &count, nullptr) || count == 0)
      step = Step::kEnd;
    for (DWORD i = 0; i < count && step == Step::kMore; ++i) step = line.take(units[i]);
    wipe(units, sizeof units);
  }
  // The rest of a paste of several lines would go to the shell, and into its history.
  if (hidden) {
    FlushConsoleInputBuffer(in.get());
    MCPCRED_CHECK(write_text(out.get(), "\r\n"));
  }
  if (step != Step::kDone)
    return fail(ErrorCode::kInterrupted, step == Step::kEnd ? "the question was not answered: end of input"
                                                            : "the question was not answered: interrupted");
  return line.take_text();
}

}  // namespace

bool terminal_available() {
  return open_console(L"CONIN$").valid() && open_console(L"CONOUT$").valid();
}

Result<Secret> ask_secret(std::string_view prompt, std::size_t limit) {
  return ask(prompt, limit, true);
}

Result<std::string> ask_line(std::string_view prompt) {
  MCPCRED_TRY(line, ask(prompt, kLineLimit, false));
  return std::string(line.reveal());
}

Result<void> tell_terminal(std::string_view text) {
  const Handle out = open_console(L"CONOUT$");
  if (!out.valid()) return no_terminal();
  return write_text(out.get(), text);
}

bool descriptor_is_terminal(int descriptor) {
  DWORD mode = 0;
  return GetConsoleMode(reinterpret_cast<HANDLE>(_get_osfhandle(descriptor)), &mode) != 0;
}

TerminalTraits terminal_traits(int descriptor) {
  const auto console = reinterpret_cast<HANDLE>(_get_osfhandle(descriptor));
  DWORD mode = 0;
  if (GetConsoleMode(console, &mode) == 0) return {};
  constexpr unsigned kUsualWidth = 80;
  CONSOLE_SCREEN_BUFFER_INFO info{};
  const bool known = GetConsoleScreenBufferInfo(console, &info) != 0 && info.srWindow.Right >= info.srWindow.Left;
  // Consoles before Windows 10 obey no sequences, and say so here.
  const bool escapes = SetConsoleMode(console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
  return {true, escapes, true,
          known ? static_cast<unsigned>(info.srWindow.Right - info.srWindow.Left + 1) : kUsualWidth};
}

}  // namespace mcpcred
