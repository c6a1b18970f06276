#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// First thing in main: opens /dev/null on descriptors 0 to 2 that are closed, makes the process undumpable and
/// without core files (remembering what exec must find restored), ignores SIGPIPE likewise.
void prepare_process();

/// Looks `command` up as execvp does, but only in absolute folders of `path`; a command with a slash is taken from
/// `cwd`. The answer is absolute and lexically normal, links unresolved (package managers move their targets).
/// kCommandNotFound, or kNotExecutable.
Result<std::string> find_executable(std::string_view command, std::string_view path, std::string_view cwd);

/// A variable of this process's environment; nullopt where it is not set.
std::optional<std::string> lookup_environment(std::string_view name);

/// The whole environment as "NAME=value"; the texts live as long as the process.
std::vector<std::string_view> environment_entries();

/// The running program's own file; empty where the system does not tell.
std::string own_executable();

/// The current folder, absolute.
Result<std::string> current_directory();

/// Replaces this process (POSIX): limits, signal mask and dispositions as they were found at the start, descriptors
/// of ours closed. `environment` holds "NAME=value" entries. Returns only on failure.
Error replace_process(const std::string& executable, const std::vector<std::string>& argv,
                      const std::vector<Secret>& environment);

/// The name of this process's user as the user database has it, whatever USER says. kStoreUnavailable where it has
/// none.
Result<std::string> login_name();

/// Short name of the program that started us ("bash", "claude"), empty where unknown. For hints only: spoofable.
std::string parent_program();

}  // namespace mcpcred
