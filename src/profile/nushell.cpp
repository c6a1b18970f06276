#include "platform/settings_folders.h"
#include "profile/profile_shells.h"

// config.nu in $nu.default-config-dir. nushell has no eval: it reads data, here JSON.
namespace mcpcred {
namespace {

Result<std::vector<std::string>> files(const ProfileRequest& request) {
  const std::string xdg = request.environment("XDG_CONFIG_HOME").value_or("");
  MCPCRED_TRY(folder,
              is_absolute_path(xdg) ? xdg_config_folder(request.environment) : settings_folder(request.environment));
  return std::vector<std::string>{folder + "/nushell/config.nu"};
}

// A raw string, with as many # as it takes.
std::string quote(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  std::string fence = "#";
  while (word.find("'" + fence) != std::string_view::npos) fence += '#';
  return "r" + fence + "'" + std::string(word) + "'" + fence;
}

// config.nu is read by shells that a person uses, and by `nu --login -c`. complete would take stderr away: the one line
// is for the person.
constexpr std::string_view kCode = R"nu(if $nu.is-interactive and (which @program@ | is-not-empty) {
  try { ^@export@ | from json | load-env }
}
)nu";

}  // namespace

const ProfileShell kNushellProfile{"nushell", files, files, kCode, quote, "source ", true};

}  // namespace mcpcred
