#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <vector>

#include "core/encoding.h"
#include "platform/process.h"

namespace mcpcred {
namespace {

enum class Found { kNothing, kNotExecutable, kExecutable };

Found look_at(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return errno == EACCES ? Found::kNotExecutable : Found::kNothing;
  if (S_ISDIR(info.st_mode)) return Found::kNothing;
  if (!S_ISREG(info.st_mode) || access(path.c_str(), X_OK) != 0) return Found::kNotExecutable;
  return Found::kExecutable;
}

std::string normal(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

Unexpected not_executable(const std::string& path) {
  return fail(ErrorCode::kNotExecutable, printable(path) + " is not executable",
              "look at it: ls -l " + printable(path));
}

Result<std::string> find_by_path(std::string_view command, std::string_view cwd) {
  std::string path(command);
  if (!path.starts_with('/')) {
    if (!cwd.starts_with('/')) return fail(ErrorCode::kInvalidInput, "not an absolute folder: " + printable(cwd));
    path = std::string(cwd) + "/" + path;
  }
  path = normal(path);
  switch (look_at(path)) {
    case Found::kExecutable:
      return path;
    case Found::kNotExecutable:
      return not_executable(path);
    case Found::kNothing:
      break;
  }
  return fail(ErrorCode::kCommandNotFound, "there is no program " + printable(path),
              "install it, or name another command");
}

}  // namespace

Result<std::string> find_executable(std::string_view command, std::string_view path, std::string_view cwd) {
  if (command.empty()) return fail(ErrorCode::kCommandNotFound, "the command is empty", "name a command");
  if (command.find('\0') != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput, "the command holds a NUL byte");
  if (command.find('/') != std::string_view::npos) return find_by_path(command, cwd);
  std::string refused;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    const std::string_view folder = path.substr(begin, end - begin);
    begin = end + 1;
    // An empty or relative element would let the folder we happen to be in decide what gets a credential.
    if (!folder.starts_with('/')) continue;
    std::string candidate = normal(std::string(folder) + "/" + std::string(command));
    const Found found = look_at(candidate);
    if (found == Found::kExecutable) return candidate;
    if (found == Found::kNotExecutable && refused.empty()) refused = std::move(candidate);
  }
  if (!refused.empty()) return not_executable(refused);
  return fail(ErrorCode::kCommandNotFound, printable(command) + " was not found in PATH",
              "install it, or give its absolute path");
}

Result<std::string> current_directory() {
  std::vector<char> buffer(1024);
  while (getcwd(buffer.data(), buffer.size()) == nullptr) {
    if (errno != ERANGE) return Unexpected(system_error("cannot tell the current folder", errno));
    buffer.resize(buffer.size() * 2);
  }
  std::string folder = buffer.data();
  // Linux answers "(unreachable)/…" for a folder outside of our root.
  if (!folder.starts_with('/')) return fail(ErrorCode::kIo, "the current folder cannot be reached from /", "cd /");
  return folder;
}

}  // namespace mcpcred
