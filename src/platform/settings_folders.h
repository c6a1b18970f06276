#pragma once

#include <string>
#include <vector>

#include "platform/paths.h"

// Where other programs of this user look for their settings.
namespace mcpcred {

/// $XDG_CONFIG_HOME where it is absolute, else ~/.config; on every system, for programs that look there on every
/// system.
Result<std::string> xdg_config_folder(const EnvironmentLookup& environment);

/// The system's own: ~/.config, ~/Library/Application Support, or %APPDATA%.
Result<std::string> settings_folder(const EnvironmentLookup& environment);

/// The folders in which PowerShell looks for a profile. Two on Windows, as Windows PowerShell has one of its own.
Result<std::vector<std::string>> powershell_folders(const EnvironmentLookup& environment);

/// Whether terminals start a login shell, which in bash reads other files: so on macOS.
bool terminals_start_login_shells();

}  // namespace mcpcred
