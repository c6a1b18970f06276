#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"

namespace mcpcred {

/// Looks up an environment variable; nullopt where it is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view)>;

/// The three folders of product.md, absolute, not yet made.
struct Folders {
  std::string config;
  std::string data;
  std::string state;
};

/// Paths are UTF-8 and have '/' between their parts, on Windows too; only what other programs get is native.

/// Whether `path` means the same place whatever the current folder is: "/x", on Windows "C:/x" or "//server/share/x".
bool is_absolute_path(std::string_view path);

/// `path` as the system itself writes it: with '\\' on Windows.
std::string native_path(std::string path);

/// What stands between the folders of PATH.
char path_list_separator();

/// By the XDG variables, HOME, or the user database where HOME is unset (clients start us with an empty
/// environment). A relative HOME is refused (kInvalidInput), a relative XDG variable ignored as its specification says.
/// As root with the HOME of another user: refused (kRefused), so that no root-owned file lands there.
/// On Windows: APPDATA and LOCALAPPDATA where they are absolute, else the known folders.
/// `data_dir` (--data-dir) puts all three below one absolute folder: itself, itself/state and itself/config.
Result<Folders> find_folders(const EnvironmentLookup& environment, const std::string& data_dir);

/// The user's home folder by the same rules.
Result<std::string> find_home(const EnvironmentLookup& environment);

}  // namespace mcpcred
