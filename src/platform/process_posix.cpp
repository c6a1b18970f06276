#include "platform/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>

#include "core/encoding.h"
#include "platform/native.h"

namespace mcpcred {
namespace {

// What prepare_process found, for the program that replaces us.
struct StartState {
  bool known = false;
  rlimit core{};
  struct sigaction pipe {};
  struct sigaction file_size {};
  sigset_t mask{};
};

StartState& start_state() {
  static StartState state;
  return state;
}

// Reading from what was closed, or writing to it, stays an error: `load >&-` must not succeed. So 0 is opened for
// writing and 1 for reading; 2 takes messages that nobody wanted.
void open_missing_descriptors() {
  constexpr int kModes[] = {O_WRONLY, O_RDONLY, O_RDWR};
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // Without /dev (chroot) anything keeps the number from being given to a vault.
    if (open("/dev/null", kModes[descriptor]) < 0 && open("/", O_RDONLY) < 0) continue;
  }
}

void apply_own_state() {
  // Only the soft limit: nobody but root gets a hard one back.
  rlimit core = start_state().core;
  core.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &core);
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  sigaction(SIGXFSZ, &ignore, nullptr);
}

void restore_start_state() {
  const StartState& state = start_state();
  if (!state.known) return;
  setrlimit(RLIMIT_CORE, &state.core);
  sigaction(SIGPIPE, &state.pipe, nullptr);
  sigaction(SIGXFSZ, &state.file_size, nullptr);
  sigprocmask(SIG_SETMASK, &state.mask, nullptr);
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
  std::vector<char*> result;
  result.reserve(texts.size() + 1);
  for (const std::string& text : texts) result.push_back(const_cast<char*>(text.c_str()));
  result.push_back(nullptr);
  return result;
}

// The entries one behind the other, each with a NUL, in memory that is wiped should the exec fail.
struct EnvironmentBlock {
  Secret bytes;
  std::vector<char*> pointers;
};

EnvironmentBlock make_block(const std::vector<Secret>& environment) {
  std::size_t size = 0;
  for (const Secret& entry : environment) size += entry.size() + 1;
  EnvironmentBlock block{Secret::of_size(size), {}};
  block.pointers.reserve(environment.size() + 1);
  char* next = block.bytes.writable();
  for (const Secret& entry : environment) {
    block.pointers.push_back(next);
    next += entry.reveal().copy(next, entry.size()) + 1;
  }
  block.pointers.push_back(nullptr);
  return block;
}

Error exec_error(const std::string& executable, int number) {
  const std::string name = printable(executable);
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      if (access(executable.c_str(), F_OK) == 0) {
        return {ErrorCode::kNotExecutable, name + " cannot be started: the interpreter it names is missing",
                "look at its first line: head -n 1 " + name, number};
      }
      return {ErrorCode::kCommandNotFound, "there is no " + name, "install it, or name another command", number};
    case EACCES:
    case EPERM:
    case ENOEXEC:
    case EISDIR:
      return {ErrorCode::kNotExecutable, name + " is not executable", "look at it: ls -l " + name, number};
    case E2BIG:
      return {ErrorCode::kTooLarge, "the arguments and variables for " + name + " are larger than the system allows",
              "start it with fewer or shorter variables", number};
    default:
      return system_error("cannot start " + name, number);
  }
}

}  // namespace

void prepare_process() {
  open_missing_descriptors();
  own_executable();  // found while /proc is still ours to read
  StartState& state = start_state();
  if (!state.known) {
    getrlimit(RLIMIT_CORE, &state.core);
    sigaction(SIGPIPE, nullptr, &state.pipe);
    sigaction(SIGXFSZ, nullptr, &state.file_size);
    sigprocmask(SIG_SETMASK, nullptr, &state.mask);
    state.known = true;
  }
  apply_own_state();
  deny_inspection();
}

std::vector<std::string> command_line(int argc, char** argv) {
  return argc > 1 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>();
}

Result<int> run_process(const std::string& executable, const std::vector<std::string>& argv,
                        const std::vector<Secret>& environment) {
  for (const std::string& argument : argv) {
    if (argument.find('\0') != std::string::npos)
      return fail(ErrorCode::kInvalidInput, "an argument for " + printable(executable) + " holds a NUL byte");
  }
  for (const Secret& entry : environment) {
    if (entry.reveal().find('\0') != std::string_view::npos || entry.reveal().find('=') == std::string_view::npos)
      return fail(ErrorCode::kInvalidInput, "a variable for " + printable(executable) +
                                                " cannot be an environment variable: "
                                                "it holds a NUL byte or has no name");
  }
  EnvironmentBlock block = make_block(environment);
  std::vector<char*> arguments = pointers(argv);
  restore_start_state();
  execve(executable.c_str(), arguments.data(), block.pointers.data());
  int number = errno;
  if (number == ENOEXEC) {  // a script without "#!", which a shell and execvp hand to sh
    std::vector<std::string> script = {"sh", executable};
    if (argv.size() > 1) script.insert(script.end(), argv.begin() + 1, argv.end());
    arguments = pointers(script);
    execve("/bin/sh", arguments.data(), block.pointers.data());
    number = errno;
  }
  if (start_state().known) apply_own_state();
  return Unexpected(exec_error(executable, number));
}

}  // namespace mcpcred
