#include "platform/settings_folders.h"
#include "profile/profile_shells.h"

// config.fish and not a file of our own in conf.d: those are read before it, so that a PATH that config.fish sets would
// come too late for us.
namespace mcpcred {
namespace {

Result<std::vector<std::string>> files(const ProfileRequest& request) {
  MCPCRED_TRY(folder, xdg_config_folder(request.environment));
  return std::vector<std::string>{folder + "/fish/config.fish"};
}

std::string quote(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

// fish_trace, which would show the values, is empty in this block alone.
constexpr std::string_view kCode = R"fish(if status is-interactive; and builtin command -q @program@
    begin
        set -l fish_trace
        command @export@ | builtin source
    end
end
)fish";

}  // namespace

const ProfileShell kFishProfile{"fish", files, files, kCode, quote, "source ", false, '\\'};

}  // namespace mcpcred
