#include "platform/process.h"

#include <windows.h>

#include <fcntl.h>
#include <io.h>
#include <shellapi.h>
#include <tlhelp32.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "core/encoding.h"
#include "core/utf16.h"
#include "platform/command_line_windows.h"
#include "platform/paths.h"
#include "platform/windows_support.h"

namespace mcpcred {
namespace {

constexpr std::size_t kLongestVariable = 32766;  // characters, with its name

constexpr DWORD kElevationRequired = 740;  // MinGW has no name for it

UINT former_code_page = 0;

// The console is the shell's, and goes back to it as it was.
void restore_code_page() {
  if (former_code_page != 0) SetConsoleOutputCP(former_code_page);
  former_code_page = 0;
}

Result<void> check_entry(const std::string& executable, std::string_view entry) {
  const std::string who = "a variable for " + printable(executable);
  const std::size_t equals = entry.find('=');
  if (entry.find('\0') != std::string_view::npos || equals == std::string_view::npos || equals == 0)
    return fail(ErrorCode::kInvalidInput,
                who + " cannot be an environment variable: it holds a NUL byte or has no name");
  if (!is_utf8(entry))
    return fail(ErrorCode::kInvalidInput,
                who + " cannot be an environment variable: it is no UTF-8, and Windows keeps text only");
  if (entry.size() > kLongestVariable) return fail(ErrorCode::kTooLarge, who + " is longer than Windows allows");
  return {};
}

// The entries as UTF-16 one behind the other, sorted by name as Windows expects them, in memory that is wiped.
Result<Secret> make_block(const std::string& executable, const std::vector<Secret>& environment) {
  std::vector<std::pair<std::string, std::string_view>> entries;
  std::size_t size = 4;
  for (const Secret& entry : environment) {
    const std::string_view text = entry.reveal();
    MCPCRED_CHECK(check_entry(executable, text));
    entries.emplace_back(environment_key(text.substr(0, text.find('='))), text);
    size += 2 * text.size() + 2;
  }
  std::sort(entries.begin(), entries.end());
  constexpr std::string_view kEnd("\0\0", 2);
  Secret block;
  block.reserve(size);
  for (const auto& [name, text] : entries) {
    block.append(utf16_from_utf8(text)->reveal());
    block.append(kEnd);
  }
  block.append(entries.empty() ? std::string_view("\0\0\0\0", 4) : kEnd);
  return block;
}

// Ctrl-C and Ctrl-Break reach the child as well, which answers them; we only pass on how it ended.
BOOL WINAPI leave_it_to_the_child(DWORD event) {
  return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT ? TRUE : FALSE;
}

// A client that ends us means the server: it is in a job that ends with its last handle, which is ours. What the system
// refuses here does no harm.
Handle make_job() {
  Handle job(CreateJobObjectW(nullptr, nullptr));
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
  if (job.valid()) SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

Error start_error(const std::string& executable, DWORD number) {
  const std::string name = printable(executable);
  const long native = static_cast<long>(number);
  switch (number) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
      return {ErrorCode::kCommandNotFound, "there is no " + name, "install it, or name another command", native};
    case ERROR_ACCESS_DENIED:
    case ERROR_BAD_EXE_FORMAT:
    case ERROR_EXE_MACHINE_TYPE_MISMATCH:
    case kElevationRequired:
      return {ErrorCode::kNotExecutable, name + " cannot be started", "start it yourself to see why", native};
    default:
      return system_error("cannot start " + name, static_cast<int>(number));
  }
}

struct StandardStreams {
  STARTUPINFOW info{};
  StandardStreams() {
    info.cb = sizeof info;
    info.dwFlags = STARTF_USESTDHANDLES;
    info.hStdInput = inheritable(STD_INPUT_HANDLE);
    info.hStdOutput = inheritable(STD_OUTPUT_HANDLE);
    info.hStdError = inheritable(STD_ERROR_HANDLE);
  }
  static HANDLE inheritable(DWORD which) {
    const HANDLE stream = GetStdHandle(which);
    if (stream != nullptr && stream != INVALID_HANDLE_VALUE)
      SetHandleInformation(stream, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    return stream;
  }
};

}  // namespace

void prepare_process() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    // -2: a program of the graphical kind, or one whose stream was closed.
    if (_get_osfhandle(descriptor) >= 0) _setmode(descriptor, _O_BINARY);
  }
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  if (const UINT page = GetConsoleOutputCP(); page != 0 && page != CP_UTF8 && SetConsoleOutputCP(CP_UTF8)) {
    former_code_page = page;
    std::atexit(restore_code_page);
  }
}

std::vector<std::string> command_line(int, char**) {
  int count = 0;
  const std::unique_ptr<wchar_t*, decltype(&LocalFree)> words(CommandLineToArgvW(GetCommandLineW(), &count), LocalFree);
  std::vector<std::string> result;
  for (int i = 1; words && i < count; ++i) result.push_back(narrow(words.get()[i]));
  return result;
}

Result<int> run_process(const std::string& executable, const std::vector<std::string>& argv,
                        const std::vector<Secret>& environment) {
  for (const std::string& argument : argv) {
    if (argument.find('\0') != std::string::npos || !is_utf8(argument))
      return fail(ErrorCode::kInvalidInput,
                  "an argument for " + printable(executable) + " holds a NUL byte or is no UTF-8");
  }
  MCPCRED_TRY(block, make_block(executable, environment));
  MCPCRED_TRY(line, make_command_line(executable, argv));
  MCPCRED_TRY(program, wide_path(is_batch_file(executable) ? command_interpreter() : executable));
  std::wstring wide_line = *widen(line);
  const Handle job = make_job();
  StandardStreams streams;
  restore_code_page();
  SetConsoleCtrlHandler(leave_it_to_the_child, TRUE);
  PROCESS_INFORMATION started{};
  constexpr DWORD kFlags = CREATE_UNICODE_ENVIRONMENT | CREATE_SUSPENDED;
  if (!CreateProcessW(program.c_str(), wide_line.data(), nullptr, nullptr, TRUE, kFlags, block.writable(), nullptr,
                      &streams.info, &started)) {
    const DWORD number = GetLastError();
    SetConsoleCtrlHandler(leave_it_to_the_child, FALSE);
    return Unexpected(start_error(executable, number));
  }
  block = Secret();
  const Handle process(started.hProcess);
  const Handle thread(started.hThread);
  if (job.valid()) AssignProcessToJobObject(job.get(), process.get());
  ResumeThread(thread.get());
  DWORD code = 0;
  if (WaitForSingleObject(process.get(), INFINITE) != WAIT_OBJECT_0 || !GetExitCodeProcess(process.get(), &code))
    return system_failure("cannot tell how " + printable(executable) + " ended", GetLastError());
  return static_cast<int>(code);
}

std::string parent_program() {
  const Handle snapshot(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  if (!snapshot.valid()) return {};
  std::vector<std::pair<DWORD, std::string>> names;
  DWORD parent = 0;
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof entry;
  for (BOOL more = Process32FirstW(snapshot.get(), &entry); more; more = Process32NextW(snapshot.get(), &entry)) {
    names.emplace_back(entry.th32ProcessID, narrow(entry.szExeFile));
    if (entry.th32ProcessID == GetCurrentProcessId()) parent = entry.th32ParentProcessID;
  }
  for (auto& [pid, name] : names) {
    if (pid != parent) continue;
    if (environment_key(name).ends_with(".EXE")) name.resize(name.size() - 4);
    return printable(name);
  }
  return {};
}

}  // namespace mcpcred
