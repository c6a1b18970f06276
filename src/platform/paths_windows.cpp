#include "platform/paths.h"

#include <initguid.h>  // before knownfolders.h: its identifiers are defined here
#include <knownfolders.h>
#include <objbase.h>
#include <shlobj.h>

#include <algorithm>
#include <memory>

#include "core/encoding.h"
#include "platform/settings_folders.h"
#include "platform/windows_support.h"

namespace mcpcred {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_slash(char c) {
  return c == '/' || c == '\\';
}

Result<std::string> known_folder(const KNOWNFOLDERID& id, std::string_view variable) {
  wchar_t* path = nullptr;
  const HRESULT answer = SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, nullptr, &path);
  const std::unique_ptr<wchar_t, decltype(&CoTaskMemFree)> owned(path, CoTaskMemFree);
  if (FAILED(answer) || path == nullptr || *path == L'\0')
    return fail(ErrorCode::kInvalidInput,
                "this user has no folder for settings, and " + std::string(variable) + " is not set",
                "set " + std::string(variable) + ", or name a folder with --data-dir", answer);
  return path_from_wide(path);
}

std::string without_trailing_slashes(std::string path) {
  std::replace(path.begin(), path.end(), '\\', '/');
  while (path.size() > 1 && path.back() == '/' && path[path.size() - 2] != ':') path.pop_back();
  return path;
}

// A relative path would depend on where a client starts us.
Result<std::string> base_folder(const EnvironmentLookup& environment, std::string_view variable,
                                const KNOWNFOLDERID& id) {
  if (std::optional<std::string> value = environment(variable); value && is_absolute_path(*value))
    return without_trailing_slashes(std::move(*value));
  return known_folder(id, variable);
}

std::string below(const std::string& folder, std::string_view name) {
  return (folder.ends_with('/') ? folder : folder + "/") + std::string(name);
}

}  // namespace

bool is_absolute_path(std::string_view path) {
  const bool drive = path.size() >= 3 && is_letter(path[0]) && path[1] == ':' && is_slash(path[2]);
  return drive || (path.size() >= 3 && is_slash(path[0]) && is_slash(path[1]) && !is_slash(path[2]));
}

std::string native_path(std::string path) {
  std::replace(path.begin(), path.end(), '/', '\\');
  return path;
}

char path_list_separator() {
  return ';';
}

Result<std::string> find_home(const EnvironmentLookup& environment) {
  return base_folder(environment, "USERPROFILE", FOLDERID_Profile);
}

Result<std::string> settings_folder(const EnvironmentLookup& environment) {
  return base_folder(environment, "APPDATA", FOLDERID_RoamingAppData);
}

// People and companies move this folder (OneDrive); no variable tells where to.
Result<std::vector<std::string>> powershell_folders(const EnvironmentLookup&) {
  const auto documents = known_folder(FOLDERID_Documents, {});
  if (!documents)
    return fail(ErrorCode::kInvalidInput, "this user has no folder Documents, in which PowerShell looks for a profile",
                "look at $PROFILE in PowerShell", documents.error().native);
  return std::vector<std::string>{below(*documents, "PowerShell"), below(*documents, "WindowsPowerShell")};
}

bool terminals_start_login_shells() {
  return false;
}

Result<Folders> find_folders(const EnvironmentLookup& environment, const std::string& data_dir) {
  if (data_dir.empty()) {
    MCPCRED_TRY(roaming, base_folder(environment, "APPDATA", FOLDERID_RoamingAppData));
    MCPCRED_TRY(local, base_folder(environment, "LOCALAPPDATA", FOLDERID_LocalAppData));
    const std::string data = below(local, "mcpcred");
    return Folders{below(roaming, "mcpcred"), data, data + "/state"};
  }
  if (!is_absolute_path(data_dir))
    return fail(ErrorCode::kUsage, "--data-dir is not an absolute path: " + printable(data_dir));
  const std::string folder = without_trailing_slashes(data_dir);
  return Folders{below(folder, "config"), folder, below(folder, "state")};
}

}  // namespace mcpcred
