#include <algorithm>
#include <array>

#include "mcpcred/shell.h"

namespace mcpcred {
namespace {

constexpr auto kNames = std::to_array<std::string_view>(
    {"BASH_ENV", "BROWSER",           "CDPATH",         "EDITOR",       "ENV",       "GCONV_PATH", "HOME",
     "IFS",      "JAVA_TOOL_OPTIONS", "LESSOPEN",       "NODE_OPTIONS", "NODE_PATH", "PAGER",      "PATH",
     "PERL5LIB", "PERL5OPT",          "PROMPT_COMMAND", "PS1",          "PS2",       "PS4",        "RUBYLIB",
     "RUBYOPT",  "SHELLOPTS",         "SSH_ASKPASS",    "VISUAL",       "ZDOTDIR"});
// Windows: where programs are looked for, and what runs a batch file.
constexpr auto kWindowsNames =
    std::to_array<std::string_view>({"COMSPEC", "PATHEXT", "PSMODULEPATH", "SYSTEMROOT", "WINDIR"});
constexpr auto kPrefixes =
    std::to_array<std::string_view>({"BASH_FUNC_", "DYLD_", "GIT_", "LD_", "MCPCRED_", "PYTHON"});

}  // namespace

bool is_dangerous_name(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const auto is_in = [&](const auto& names) { return std::find(names.begin(), names.end(), upper) != names.end(); };
  return is_in(kNames) || is_in(kWindowsNames) || upper.ends_with("_PROXY") ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return upper.starts_with(prefix); });
}

}  // namespace mcpcred
