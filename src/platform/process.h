#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// First thing in main: opens /dev/null on descriptors 0 to 2 that are closed, makes the process undumpable and
/// without core files (remembering what exec must find restored), ignores SIGPIPE likewise. On Windows: standard
/// streams carry bytes as they are, and the console takes UTF-8.
void prepare_process();

/// What main was given, without the program's own name, in UTF-8.
std::vector<std::string> command_line(int argc, char** argv);

/// Looks `command` up as execvp does, but only in absolute folders of `path`; a command with a slash is taken from
/// `cwd`. The answer is absolute and lexically normal, links unresolved (package managers move their targets). On
/// Windows the kind of file counts (.com, .exe, .bat, .cmd, as far as PATHEXT has them), and need not be typed.
/// kCommandNotFound, or kNotExecutable.
Result<std::string> find_executable(std::string_view command, std::string_view path, std::string_view cwd);

/// A variable of this process's environment; nullopt where it is not set.
std::optional<std::string> lookup_environment(std::string_view name);

/// A variable's name in the form in which equal names are equal: on Windows letter case does not count.
std::string environment_key(std::string_view name);

/// The whole environment as "NAME=value"; the texts live as long as the process.
std::vector<std::string_view> environment_entries();

/// The running program's own file; empty where the system does not tell.
std::string own_executable();

/// The current folder, absolute.
Result<std::string> current_directory();

/// Becomes that program. POSIX: replaces this process, with limits, signal mask and dispositions as they were found at
/// the start and descriptors of ours closed, and returns on failure only. Windows cannot do that: starts it on the same
/// standard streams, waits for its end and returns its exit code; it ends when this process does. `environment` holds
/// "NAME=value" entries, and is all that the program gets.
Result<int> run_process(const std::string& executable, const std::vector<std::string>& argv,
                        const std::vector<Secret>& environment);

/// The name of this process's user as the user database has it, whatever USER says. kStoreUnavailable where it has
/// none.
Result<std::string> login_name();

/// Short name of the program that started us ("bash", "claude"), empty where unknown. For hints only: spoofable.
std::string parent_program();

}  // namespace mcpcred
