#include "platform/terminal.h"

#include <signal.h>

#include "unit/platform/helpers.h"
#include "unit/platform/pseudo_terminal.h"

using mcpcred::ask_line;
using mcpcred::ask_secret;
using mcpcred::ErrorCode;
using test::PseudoTerminal;

namespace {

constexpr std::size_t kLimit = 64 * 1024;

// Prints what was answered as "<answer>", or the code of the error, to the terminal itself.
template <class Answer>
int report(const Answer& answer, const std::string& text) {
  if (!answer) return 100 + static_cast<int>(answer.error().code);
  return mcpcred::tell_terminal("<" + text + ">") ? 0 : 1;
}

int ask(std::size_t limit = kLimit) {
  const auto answer = ask_secret("token: ", limit);
  return report(answer, answer ? std::string(answer->reveal()) : "");
}

int code(ErrorCode error) {
  return 100 + static_cast<int>(error);
}

// The answer to keys typed one after the other.
std::string typed(const std::string& keys) {
  PseudoTerminal terminal([] { return ask(); });
  REQUIRE(terminal.wait_for("token: "));
  terminal.type(keys);
  const std::string shown = terminal.rest();
  CHECK(terminal.exit_code() == 0);
  const std::size_t begin = shown.find('<');
  return begin == std::string::npos ? shown : shown.substr(begin + 1, shown.rfind('>') - begin - 1);
}

}  // namespace

TEST_CASE("a secret is asked for without echo, with one line end after it") {
  PseudoTerminal terminal([] { return ask(); });
  REQUIRE(terminal.wait_for("token: "));
  CHECK_FALSE(terminal.echoes());
  terminal.type("s3cret\r");
  CHECK(terminal.rest() == "\r\n<s3cret>");
  CHECK(terminal.exit_code() == 0);
  CHECK(terminal.echoes());
}

TEST_CASE("the usual keys edit") {
  CHECK(typed("abc\x7f\x08"
              "d\n") == "ad");
  CHECK(typed("wrong\x15right\n") == "right");
  CHECK(typed("one two  \x17three\n") == "one three");
  CHECK(typed("\x7f\x15\x17"
              "ok\n") == "ok");
  CHECK(typed("a\xc3\xa9\x7f"
              "b\n") == "ab");
  CHECK(typed(" spaces stay \t\n") == " spaces stay \t");
  CHECK(typed("\n").empty());
  CHECK(typed("a\x04"
              "b\n") == "ab");
}

TEST_CASE("a paste of 64 KiB is taken whole, its markers are not") {
  const std::string large(kLimit, 'p');
  CHECK(typed("\x1b[200~" + large + "\x1b[201~\n") == large);
  CHECK(typed("\x1b[200~first\rsecond\x1b[201~") == "first");
}

TEST_CASE("a line over the limit is read to its end and refused") {
  PseudoTerminal terminal([] { return ask(10); });
  REQUIRE(terminal.wait_for("token: "));
  terminal.type(std::string(5000, 'x') + "\n");
  terminal.rest();
  CHECK(terminal.exit_code() == code(ErrorCode::kTooLarge));
  CHECK(terminal.echoes());
}

TEST_CASE("what was typed ahead of the question, and what follows the line, goes nowhere") {
  PseudoTerminal terminal([] {
    if (mcpcred::tell_terminal("ready ")) usleep(200'000);
    return ask();
  });
  REQUIRE(terminal.wait_for("ready "));
  terminal.type("ahead\n");
  REQUIRE(terminal.wait_for("token: "));
  // More than is read at once, as the lines of a pasted file.
  std::string paste = "answer\n";
  for (int i = 0; i < 300; ++i) paste += "exit 1\n";
  terminal.type(paste);
  CHECK(terminal.rest() == "\r\n<answer>");
  CHECK(terminal.unread_bytes() == 0);
}

TEST_CASE("J3 ^C: the terminal as it was, kInterrupted") {
  PseudoTerminal terminal([] { return ask(); });
  REQUIRE(terminal.wait_for("token: "));
  terminal.type("half\x03");
  CHECK(terminal.rest() == "\r\n");
  CHECK(terminal.exit_code() == code(ErrorCode::kInterrupted));
  CHECK(terminal.echoes());
}

TEST_CASE("end of input: kInterrupted") {
  PseudoTerminal terminal([] { return ask(); });
  REQUIRE(terminal.wait_for("token: "));
  terminal.type("\x04");
  terminal.rest();
  CHECK(terminal.exit_code() == code(ErrorCode::kInterrupted));
}

TEST_CASE("J3 signals that end a program end it, with the terminal as it was") {
  for (const int signal : {SIGTERM, SIGHUP, SIGQUIT}) {
    CAPTURE(signal);
    PseudoTerminal terminal([] { return ask(); });
    REQUIRE(terminal.wait_for("token: "));
    terminal.signal(signal);
    terminal.rest();
    CHECK(terminal.exit_code() == 128 + signal);
    CHECK(terminal.echoes());
  }
}

TEST_CASE("a signal that is ignored stays ignored, a resized window is no event") {
  PseudoTerminal terminal([] {
    signal(SIGHUP, SIG_IGN);
    return ask();
  });
  REQUIRE(terminal.wait_for("token: "));
  terminal.type("be");
  terminal.signal(SIGHUP);
  terminal.signal(SIGWINCH);
  usleep(50'000);  // or the rest of the line would win over a signal that is not ignored
  terminal.type("fore\n");
  CHECK(terminal.rest() == "\r\n<before>");
}

TEST_CASE("J3 ^Z gives the terminal back and stops; going on asks again, hidden") {
  PseudoTerminal terminal([] { return ask(); });
  REQUIRE(terminal.wait_for("token: "));
  terminal.type("lost\x1a");
  REQUIRE(terminal.wait_stopped());
  CHECK(terminal.echoes());
  terminal.go_on();
  REQUIRE(terminal.wait_for("token: "));
  CHECK_FALSE(terminal.echoes());
  terminal.type("found\n");
  CHECK(terminal.rest() == "\r\n<found>");
  CHECK(terminal.exit_code() == 0);
  CHECK(terminal.echoes());
}

TEST_CASE("SIGSTOP and a shell that changes the mode: hidden again when it goes on") {
  PseudoTerminal terminal([] { return ask(); });
  REQUIRE(terminal.wait_for("token: "));
  terminal.signal(SIGSTOP);
  REQUIRE(terminal.wait_stopped());
  terminal.set_echo(true);
  terminal.go_on();
  REQUIRE(terminal.wait_for("token: "));
  CHECK_FALSE(terminal.echoes());
  terminal.type("found\n");
  CHECK(terminal.rest() == "\r\n<found>");
}

TEST_CASE("a line is asked for with echo") {
  PseudoTerminal terminal([] {
    const auto answer = ask_line("name: ");
    return report(answer, answer.has_value() ? *answer : "");
  });
  REQUIRE(terminal.wait_for("name: "));
  CHECK(terminal.echoes());
  terminal.type("someone\n");
  CHECK(terminal.rest() == "someone\r\n<someone>");
}

TEST_CASE("^C and end of input at a visible question: kInterrupted") {
  for (const char* key : {"\x03", "\x04"}) {
    PseudoTerminal terminal([] { return report(ask_line("name: "), ""); });
    REQUIRE(terminal.wait_for("name: "));
    terminal.type(key);
    terminal.rest();
    CHECK(terminal.exit_code() == code(ErrorCode::kInterrupted));
  }
}

TEST_CASE("J4 without a terminal: kLocked at once, stdin is not read") {
  int input[2];
  REQUIRE(pipe(input) == 0);
  REQUIRE(write(input[1], "from stdin\n", 11) == 11);
  const int result = test::in_child([&] {
    setsid();
    dup2(input[0], 0);
    if (mcpcred::terminal_available()) return 1;
    if (mcpcred::tell_terminal("x")) return 2;
    if (ask_line("name: ")) return 3;
    return ask();
  });
  CHECK(result == code(ErrorCode::kLocked));
  char left[20];
  CHECK(read(input[0], left, sizeof left) == 11);
  close(input[0]);
  close(input[1]);
}

TEST_CASE("a hangup in the middle of a question ends it") {
  PseudoTerminal terminal([] {
    signal(SIGHUP, SIG_IGN);
    return ask();
  });
  REQUIRE(terminal.wait_for("token: "));
  terminal.hang_up();
  CHECK(terminal.exit_code() == code(ErrorCode::kInterrupted));
}

namespace {

int width_here() {
  const mcpcred::TerminalTraits traits = mcpcred::terminal_traits(0);
  return traits.terminal ? static_cast<int>(traits.width) : 1;
}

// 1 for escapes, 2 for letters outside of ASCII, in a terminal with these settings.
int shows(const char* kind, const char* locale) {
  PseudoTerminal terminal([=] {
    setenv("TERM", kind, 1);
    unsetenv("LC_ALL");
    unsetenv("LC_CTYPE");
    setenv("LANG", locale, 1);
    const mcpcred::TerminalTraits traits = mcpcred::terminal_traits(0);
    return (traits.escapes ? 1 : 0) + (traits.unicode ? 2 : 0);
  });
  terminal.rest();
  return terminal.exit_code();
}

}  // namespace

TEST_CASE("whether a descriptor is a terminal, and how wide") {
  const int file = open("/dev/null", O_RDWR);
  CHECK_FALSE(mcpcred::descriptor_is_terminal(file));
  CHECK(mcpcred::terminal_traits(file).width == 0);
  CHECK_FALSE(mcpcred::terminal_traits(file).escapes);
  CHECK(mcpcred::terminal_traits(file).unicode);
  close(file);
  PseudoTerminal terminal(width_here, 93);
  terminal.rest();
  CHECK(terminal.exit_code() == 93);
  PseudoTerminal unknown(width_here, 0);
  unknown.rest();
  CHECK(unknown.exit_code() == 80);
}

TEST_CASE("what a terminal can show: escapes by TERM, letters by the locale") {
  CHECK(shows("xterm-256color", "en_US.UTF-8") == 3);
  CHECK(shows("dumb", "C.utf8") == 2);
  CHECK(shows("xterm", "C") == 1);
  CHECK(shows("", "POSIX") == 0);
}
