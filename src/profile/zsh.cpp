#include "platform/paths.h"
#include "profile/profile_shells.h"

// Every interactive zsh reads $ZDOTDIR/.zshrc.
namespace mcpcred {
namespace {

Result<std::vector<std::string>> files(const ProfileRequest& request) {
  MCPCRED_TRY(home, find_home(request.environment));
  const std::string folder = request.environment("ZDOTDIR").value_or("");
  return std::vector<std::string>{(is_absolute_path(folder) ? folder : home) + "/.zshrc"};
}

Result<std::vector<std::string>> possible_files(const ProfileRequest& request) {
  MCPCRED_TRY(home, find_home(request.environment));
  MCPCRED_TRY(now, files(request));
  std::vector<std::string> all = {home + "/.zshrc"};
  if (now != all) all.push_back(now.front());
  return all;
}

// emulate -L makes options and traps the function's own: tracing (xtrace, verbose) and a DEBUG trap would show the
// values. `always` keeps a read-only variable from ending the whole file. The function has a name because sh emulation
// knows no other.
constexpr std::string_view kCode = R"sh(if [[ -o interactive ]] && \builtin whence -p @program@ >/dev/null; then
  __mcpcred_load() {
    \builtin emulate -L zsh
    \builtin setopt no_aliases no_xtrace no_verbose
    \builtin trap - DEBUG
    {
      \builtin eval "$(\builtin command @export@)"
    } always {
      TRY_BLOCK_ERROR=0
    }
    \builtin true
  }
  __mcpcred_load
  \builtin unfunction __mcpcred_load
fi
)sh";

}  // namespace

const ProfileShell kZshProfile{"zsh", files, possible_files, kCode, quote_posix, "source ", false, '\\'};

}  // namespace mcpcred
