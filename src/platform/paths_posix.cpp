#include "platform/paths.h"

#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding.h"
#include "platform/native.h"
#include "platform/passwd_entry.h"

namespace mcpcred {
namespace {

std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<std::string> home_by_user_database() {
  PasswdEntry entry = passwd_entry();
  if (entry.home.empty() || entry.home.front() != '/') {
    return fail(
        ErrorCode::kInvalidInput,
        "there is no home folder: HOME is not set and the user database has none for uid " + std::to_string(geteuid()),
        "set HOME, or name a folder with --data-dir", entry.error);
  }
  return std::move(entry.home);
}

// "sudo mcpcred" with the HOME of the caller would leave files there that only root can read.
Result<void> refuse_home_of_another_user(const EnvironmentLookup& environment) {
  const std::optional<std::string> home = environment("HOME");
  struct stat info {};
  if (geteuid() != 0 || !home || home->empty() || stat(home->c_str(), &info) != 0 || info.st_uid == 0) return {};
  return fail(ErrorCode::kRefused, "running as root with the home folder of another user: " + printable(*home),
              "run it without sudo, or name a folder with --data-dir");
}

}  // namespace

bool is_absolute_path(std::string_view path) {
  return path.starts_with('/');
}

std::string native_path(std::string path) {
  return path;
}

char path_list_separator() {
  return ':';
}

Result<std::string> find_home(const EnvironmentLookup& environment) {
  MCPCRED_CHECK(refuse_home_of_another_user(environment));
  std::string home;
  if (const std::optional<std::string> variable = environment("HOME"); variable && !variable->empty()) {
    if (variable->front() != '/')
      return fail(ErrorCode::kInvalidInput, "HOME is not an absolute path: " + printable(*variable), "correct HOME");
    home = *variable;
  } else {
    MCPCRED_TRY(entry, home_by_user_database());
    home = entry;
  }
  struct stat info {};
  if (stat(home.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
    return fail(ErrorCode::kInvalidInput, "the home folder does not exist: " + printable(home),
                "correct HOME, or name a folder with --data-dir");
  }
  return without_trailing_slashes(std::move(home));
}

Result<Folders> find_folders(const EnvironmentLookup& environment, const std::string& data_dir) {
  if (data_dir.empty()) {
    MCPCRED_CHECK(refuse_home_of_another_user(environment));
    return platform_folders(environment);
  }
  if (data_dir.front() != '/')
    return fail(ErrorCode::kUsage, "--data-dir is not an absolute path: " + printable(data_dir));
  const std::string folder = without_trailing_slashes(data_dir);
  const std::string prefix = folder == "/" ? "" : folder;
  return Folders{prefix + "/config", folder, prefix + "/state"};
}

}  // namespace mcpcred
