#include <signal.h>
#include <sys/resource.h>

#include <vector>

#include "platform/process.h"
#include "unit/platform/helpers.h"

#ifdef __linux__
#include <sys/prctl.h>
#endif

using mcpcred::ErrorCode;
using mcpcred::run_process;
using mcpcred::Secret;

namespace {

std::vector<Secret> entries(const std::vector<std::string>& texts) {
  std::vector<Secret> result;
  for (const std::string& text : texts) result.push_back(Secret::copy_of(text));
  return result;
}

// What a program that replaced us wrote to stdout.
template <class Before>
std::string output_of(Before before, const std::string& program, const std::vector<std::string>& argv,
                      const std::vector<std::string>& environment) {
  int out[2];
  REQUIRE(pipe(out) == 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(out[1], 1);
    close(out[0]);
    close(out[1]);
    before();
    const mcpcred::Error error = run_process(program, argv, entries(environment)).error();
    _exit(200 + static_cast<int>(error.code));
  }
  close(out[1]);
  std::string text;
  char buffer[4096];
  ssize_t count = 0;
  while ((count = read(out[0], buffer, sizeof buffer)) > 0) text.append(buffer, static_cast<std::size_t>(count));
  close(out[0]);
  int status = 0;
  waitpid(child, &status, 0);
  CAPTURE(text);
  CHECK(status == 0);
  return text;
}

void nothing() {}

}  // namespace

TEST_CASE("D8 the new program has these arguments and variables and no others") {
  CHECK(output_of(nothing, "/bin/sh", {"name", "-c", "echo \"$0|$1|$2|$A\"; env | sort | grep -v ^_=", "zero", "o ne"},
                  {"A=v=1 \n2", "B="})
            .find("zero|o ne||v=1 \n2\n") == 0);
  CHECK(output_of(nothing, "/usr/bin/env", {"env"}, {"A=1", "B="}) == "A=1\nB=\n");
  CHECK(output_of(nothing, "/usr/bin/env", {"env"}, {}).empty());
}

TEST_CASE("the new program finds limits, signals and mask as they were at the start") {
  const auto before = [] {
    rlimit core{};
    getrlimit(RLIMIT_CORE, &core);
    core.rlim_cur = 0;
    if (core.rlim_max != 0) core.rlim_cur = 1024;
    setrlimit(RLIMIT_CORE, &core);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGXFSZ, SIG_DFL);
    mcpcred::prepare_process();
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, nullptr);
  };
  rlimit core{};
  getrlimit(RLIMIT_CORE, &core);
  const std::string expected = core.rlim_max != 0 ? "1024\n" : "0\n";
  CHECK(output_of(before, "/bin/bash", {"bash", "-c", "echo $(($(ulimit -c) * 1024))"}, {{"PATH=/usr/bin:/bin"}}) ==
        expected);
  for (const std::string name : {"PIPE", "XFSZ", "TERM"}) {
    CAPTURE(name);
    const int code = test::in_child([&] {
      before();
      static_cast<void>(run_process("/bin/sh", {"sh", "-c", "kill -" + name + " $$; exit 99"}, {}));
      return 98;
    });
    CHECK(code > 128);
  }
}

TEST_CASE("prepare_process: no core files, no broken pipe, and remembered for exec") {
  const int code = test::in_child([] {
    signal(SIGPIPE, SIG_DFL);
    mcpcred::prepare_process();
    mcpcred::prepare_process();  // a second time must not remember the first
    rlimit core{};
    getrlimit(RLIMIT_CORE, &core);
    if (core.rlim_cur != 0) return 1;
    int ends[2];
    if (pipe(ends) != 0) return 2;
    close(ends[0]);
    if (write(ends[1], "x", 1) != -1 || errno != EPIPE) return 3;
    const rlimit size{10, 10};
    setrlimit(RLIMIT_FSIZE, &size);
    const test::TempFolder folder;
    const int file = open((folder / "file").c_str(), O_WRONLY | O_CREAT, 0600);
    if (write(file, "0123456789", 10) != 10 || write(file, "x", 1) != -1 || errno != EFBIG) return 4;
#ifdef __linux__
    if (prctl(PR_GET_DUMPABLE) != 0) return 5;
#endif
    return 0;
  });
  CHECK(code == 0);
}

TEST_CASE("D5 missing descriptors 0 to 2 are taken, so that no file of ours gets their number") {
  const int code = test::in_child([] {
    for (const int descriptor : {0, 1, 2}) close(descriptor);
    mcpcred::prepare_process();
    const int next = open("/dev/null", O_RDONLY);
    if (next != 3 && next < 3) return 1;
    char byte = 0;
    if (read(0, &byte, 1) != -1) return 2;  // a closed stdin stays an error, not an empty input
    if (write(1, "x", 1) != -1) return 3;   // and a closed stdout does not swallow a value
    return write(2, "x", 1) == 1 ? 0 : 4;
  });
  CHECK(code == 0);
}

TEST_CASE("open descriptors 0 to 2 are left as they are") {
  CHECK(output_of([] { mcpcred::prepare_process(); }, "/bin/echo", {"echo", "through"}, {}) == "through\n");
}

TEST_CASE("run_process tells why a program cannot be started") {
  const test::TempFolder folder;
  test::write_text(folder / "plain", "text", 0600);
  test::write_text(folder / "broken", "#!/no/such/interpreter\n", 0700);
  mkdir((folder / "dir").c_str(), 0700);
  CHECK(run_process(folder / "absent", {"x"}, {}).error().code == ErrorCode::kCommandNotFound);
  CHECK(run_process(folder / "plain", {"x"}, {}).error().code == ErrorCode::kNotExecutable);
  CHECK(run_process(folder / "dir", {"x"}, {}).error().code == ErrorCode::kNotExecutable);
  const mcpcred::Error broken = run_process(folder / "broken", {"x"}, {}).error();
  CHECK(broken.code == ErrorCode::kNotExecutable);
  CHECK(broken.message.find("interpreter") != std::string::npos);
}

TEST_CASE("D9 an environment larger than the system takes is an error that shows no value") {
  const mcpcred::Error error =
      run_process("/bin/true", {"true"}, entries({"CANARY=" + std::string(5'000'000, 'c')})).error();
  CHECK(error.code == ErrorCode::kTooLarge);
  CHECK_FALSE(error.hint.empty());
  CHECK((error.message + error.hint).find("ccc") == std::string::npos);
}

TEST_CASE("B3 NUL bytes and nameless variables are refused, and the value is not shown") {
  for (const std::string& entry : {std::string("A=canary\0x", 10), std::string("canary")}) {
    const mcpcred::Error error = run_process("/bin/true", {"true"}, entries({entry})).error();
    CHECK(error.code == ErrorCode::kInvalidInput);
    CHECK(error.message.find("canary") == std::string::npos);
  }
  CHECK(run_process("/bin/true", {"true", std::string("a\0b", 3)}, {}).error().code == ErrorCode::kInvalidInput);
}

TEST_CASE("a script without an interpreter line is run by sh") {
  const test::TempFolder folder;
  test::write_text(folder / "script", "echo \"$# $1 $A\"\n", 0700);
  CHECK(output_of(nothing, folder / "script", {"script", "o ne"}, {"A=2"}) == "1 o ne 2\n");
}

TEST_CASE("after a failed exec the process is protected as before") {
  const int code = test::in_child([] {
    signal(SIGPIPE, SIG_DFL);
    mcpcred::prepare_process();
    if (run_process("/no/such/program", {"x"}, {}).error().code != ErrorCode::kCommandNotFound) return 1;
    struct sigaction pipe {};
    sigaction(SIGPIPE, nullptr, &pipe);
    rlimit core{};
    getrlimit(RLIMIT_CORE, &core);
    return pipe.sa_handler == SIG_IGN && core.rlim_cur == 0 ? 0 : 2;
  });
  CHECK(code == 0);
}

TEST_CASE("own_executable is this program, also when it is undumpable") {
  CHECK(std::filesystem::equivalent(mcpcred::own_executable(), "/proc/self/exe"));
  const int code = test::in_child([] {
    if (!test::become_plain_user()) return 1;
    mcpcred::prepare_process();
    return mcpcred::own_executable().find("test_unit.platform") != std::string::npos ? 0 : 2;
  });
  CHECK(code == 0);
}

TEST_CASE("parent_program is the name of the program that started us") {
  const int code = test::in_child([] {
    mcpcred::prepare_process();
    return mcpcred::parent_program() == std::string("test_unit.platform").substr(0, 15) ? 0 : 1;
  });
  CHECK(code == 0);
}
