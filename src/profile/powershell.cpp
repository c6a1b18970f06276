#include "platform/paths.h"
#include "platform/settings_folders.h"
#include "profile/profile_shells.h"

// $PROFILE of the console's host: the current user's, read unless -NoProfile is given, by scripts too.
namespace mcpcred {
namespace {

Result<std::vector<std::string>> files(const ProfileRequest& request) {
  MCPCRED_TRY(folders, powershell_folders(request.environment));
  std::vector<std::string> all;
  all.reserve(folders.size());
  for (const std::string& folder : folders) all.push_back(folder + "/Microsoft.PowerShell_profile.ps1");
  return all;
}

// Five characters are a single quote there: ' and U+2018 to U+201B. Twice each of them is itself.
std::string quote(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  std::string quoted = "'";
  for (std::size_t i = 0; i < word.size(); ++i) {
    const std::string_view rest = word.substr(i);
    const bool curly = rest.size() >= 3 && rest.starts_with("\xe2\x80") && rest[2] >= '\x98' && rest[2] <= '\x9b';
    if (curly) {
      quoted += rest.substr(0, 3);
      quoted += rest.substr(0, 3);
      i += 2;
    } else {
      quoted += rest.front() == '\'' ? "''" : std::string(1, rest.front());
    }
  }
  return quoted + "'";
}

// A person uses it where no script or command was given, or -NoExit was. Variables of the inner block are its own. An
// error of PowerShell's would be red lines in every window.
constexpr std::string_view kCode = R"ps(& {
  $words = [Environment]::GetCommandLineArgs()
  $script = @($words -match '^[-/]+(c|com.*|cwa|f|fi.*|e|ec|en.*|noni.*)$')
  $stays = @($words -match '^[-/]+noe.*$')
  if (-not [Environment]::UserInteractive -or ($script.Count -gt 0 -and $stays.Count -eq 0)) { return }
  if (-not (Get-Command @program@ -CommandType Application -ErrorAction Ignore)) { return }
  $PSNativeCommandUseErrorActionPreference = $false
  try {
    $text = @(& @export@) -join "`n"
    if ($text) { Invoke-Expression $text }
  } catch { [Console]::Error.WriteLine('mcpcred: warning: nothing was exported: PowerShell could not run the text') }
}
)ps";

}  // namespace

const ProfileShell kPowershellProfile{"powershell", files, files, kCode, quote, ". $PROFILE", true, '`'};

}  // namespace mcpcred
