#include "platform/file.h"
#include "platform/settings_folders.h"
#include "profile/profile_shells.h"

// An interactive bash reads ~/.bashrc, unless it is a login shell (ssh, a console, every terminal of macOS): that reads
// the first of .bash_profile, .bash_login and .profile, which on most systems reads .bashrc in turn. Where it does not,
// the block stands there too.
namespace mcpcred {
namespace {

constexpr std::size_t kMaxLoginFile = 4 * 1024 * 1024;

// "/etc/bash.bashrc" is another file.
bool names_bashrc(std::string_view line) {
  constexpr std::string_view kName = ".bashrc";
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos || line[begin] == '#') return false;
  for (std::size_t at = line.find(kName); at != std::string_view::npos; at = line.find(kName, at + 1)) {
    const char before = at == 0 ? ' ' : line[at - 1];
    const bool in_word = (before >= 'a' && before <= 'z') || (before >= 'A' && before <= 'Z');
    if (!in_word) return true;
  }
  return false;
}

bool reads_bashrc(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (names_bashrc(text.substr(0, end))) return true;
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return false;
}

Result<std::vector<std::string>> all_files(const ProfileRequest& request) {
  MCPCRED_TRY(home, find_home(request.environment));
  return std::vector<std::string>{home + "/.bashrc", home + "/.bash_profile", home + "/.bash_login",
                                  home + "/.profile"};
}

Result<std::vector<std::string>> files(const ProfileRequest& request) {
  MCPCRED_TRY(candidates, all_files(request));
  std::vector<std::string> chosen = {candidates.front()};
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    MCPCRED_TRY(content, read_file(candidates[i], kMaxLoginFile, FileCheck::kNone));
    if (!content) continue;
    if (!reads_bashrc(content->bytes.reveal())) chosen.push_back(candidates[i]);
    return chosen;
  }
  if (terminals_start_login_shells()) chosen.push_back(candidates[1]);
  return chosen;
}

// A .profile is read by other shells too: what stands here is code that they can read, and pass over. \builtin is no
// alias. Tracing (set -x, set -v) would show the values, and so would a DEBUG trap, which functions do not have unless
// `set -T` says so: all three are off meanwhile, and so are aliases. exec starts a program, never a function of that
// name, and saves a process.
constexpr std::string_view kCode = R"sh(case $- in *i*)
  if [ -n "${BASH_VERSION-}" ] && \builtin type -P @program@ >/dev/null; then
    __mcpcred_load() {
      \builtin shopt -q expand_aliases && \builtin set -- aliases
      \builtin shopt -u expand_aliases
      \builtin eval "$(\builtin exec @export@)" || \builtin :
      [ $# -eq 0 ] || \builtin shopt -s expand_aliases
    }
    __mcpcred_flags=$-
    \builtin set +vxT
    __mcpcred_load
    case $__mcpcred_flags in *v*) \builtin set -v ;; esac
    case $__mcpcred_flags in *x*) \builtin set -x ;; esac
    case $__mcpcred_flags in *T*) \builtin set -T ;; esac
    \builtin unset -f __mcpcred_load
    \builtin unset -v __mcpcred_flags
  fi ;;
esac
)sh";

}  // namespace

const ProfileShell kBashProfile{"bash", files, all_files, kCode, quote_posix, "source ", false, '\\'};

}  // namespace mcpcred
