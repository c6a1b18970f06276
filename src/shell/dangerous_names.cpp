#include <algorithm>
#include <array>

#include "mcpcred/shell.h"

namespace mcpcred {
namespace {

// What programs load, start or ask before anything else, and what shells expand as code.
constexpr auto kNames = std::to_array<std::string_view>({"BROWSER",
                                                         "CDPATH",
                                                         "CLASSPATH",
                                                         "CURL_CA_BUNDLE",
                                                         "EDITOR",
                                                         "ENV",
                                                         "ENV_CONVERSIONS",
                                                         "EXINIT",
                                                         "FPATH",
                                                         "GCONV_PATH",
                                                         "GEM_HOME",
                                                         "GEM_PATH",
                                                         "GLIBC_TUNABLES",
                                                         "GOFLAGS",
                                                         "HOME",
                                                         "IFS",
                                                         "INPUTRC",
                                                         "JDK_JAVA_OPTIONS",
                                                         "LESSCLOSE",
                                                         "LESSOPEN",
                                                         "LOCPATH",
                                                         "LUA_CPATH",
                                                         "LUA_INIT",
                                                         "LUA_PATH",
                                                         "MAKEFLAGS",
                                                         "MANPAGER",
                                                         "NODE_EXTRA_CA_CERTS",
                                                         "NODE_OPTIONS",
                                                         "NODE_PATH",
                                                         "NULLCMD",
                                                         "OPENSSL_CONF",
                                                         "OPENSSL_MODULES",
                                                         "PAGER",
                                                         "PATH",
                                                         "PROMPT",
                                                         "PROMPT_COMMAND",
                                                         "PROMPT_INDICATOR",
                                                         "PS0",
                                                         "PS1",
                                                         "PS2",
                                                         "PS3",
                                                         "PS4",
                                                         "READNULLCMD",
                                                         "REQUESTS_CA_BUNDLE",
                                                         "RPROMPT",
                                                         "RSYNC_RSH",
                                                         "RUBYLIB",
                                                         "RUBYOPT",
                                                         "RUSTC_WRAPPER",
                                                         "SHELL",
                                                         "SSH_ASKPASS",
                                                         "SSL_CERT_DIR",
                                                         "SSL_CERT_FILE",
                                                         "SUDO_ASKPASS",
                                                         "SUDO_EDITOR",
                                                         "SVN_SSH",
                                                         "TERMCAP",
                                                         "TERMINFO",
                                                         "VIMINIT",
                                                         "VISUAL",
                                                         "XDG_CONFIG_DIRS",
                                                         "XDG_CONFIG_HOME",
                                                         "XDG_DATA_DIRS",
                                                         "XDG_DATA_HOME",
                                                         "XDG_RUNTIME_DIR",
                                                         "ZDOTDIR",
                                                         "_JAVA_OPTIONS"});
// What a shell sets itself: an assignment fails there, or means something else.
constexpr auto kOfShells =
    std::to_array<std::string_view>({"_", "EUID", "FUNCNEST", "GID", "LINENO", "OLDPWD", "OPTARG", "OPTIND", "PPID",
                                     "PWD", "SHELLOPTS", "SHLVL", "STATUS", "TMOUT", "UID"});
// Windows: where programs are looked for, and what runs a batch file.
constexpr auto kOfWindows =
    std::to_array<std::string_view>({"COMSPEC", "PATHEXT", "PSMODULEPATH", "SYSTEMROOT", "WINDIR"});
// Of the loader, of shells, of git, of mcpcred itself, and of the languages' interpreters.
constexpr auto kPrefixes =
    std::to_array<std::string_view>({"BASH_", "CORECLR_", "COR_PROFILER", "DOTNET_", "DYLD_", "FISH_", "GIT_", "JAVA_",
                                     "LD_", "MCPCRED_", "NPM_CONFIG_", "NU_", "PERL5", "PYTHON", "__PS"});

}  // namespace

bool is_dangerous_name(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const auto is_in = [&](const auto& names) { return std::find(names.begin(), names.end(), upper) != names.end(); };
  return is_in(kNames) || is_in(kOfShells) || is_in(kOfWindows) || upper.ends_with("_PROXY") ||
         std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [&](std::string_view prefix) { return upper.starts_with(prefix); });
}

}  // namespace mcpcred
