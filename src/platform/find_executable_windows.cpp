#include <algorithm>

#include "core/encoding.h"
#include "platform/paths.h"
#include "platform/process.h"
#include "platform/windows_support.h"

namespace mcpcred {
namespace {

// What the system starts itself, or by cmd.exe. Other kinds in PATHEXT (.js, .vbs) are opened by whatever program is
// registered for them, which nobody approved.
constexpr std::string_view kKinds[] = {".COM", ".EXE", ".BAT", ".CMD"};

std::string kind_of(std::string_view name) {
  const std::size_t dot = name.find_last_of('.');
  return dot == std::string_view::npos ? std::string() : environment_key(name.substr(dot));
}

bool can_start(std::string_view kind) {
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

// In PATHEXT's order.
std::vector<std::string> kinds_to_try() {
  const std::string list = environment_key(lookup_environment("PATHEXT").value_or(".COM;.EXE;.BAT;.CMD"));
  std::vector<std::string> kinds;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    std::string kind = list.substr(begin, end - begin);
    begin = end + 1;
    if (can_start(kind)) kinds.push_back(std::move(kind));
  }
  return kinds;
}

bool is_file(const std::string& path) {
  const auto wide = wide_path(path);
  const DWORD attributes = wide ? GetFileAttributesW(wide->c_str()) : INVALID_FILE_ATTRIBUTES;
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) == 0;
}

// With the letter case and the long names that the disk has, so that one program has one name.
std::string as_on_disk(const std::string& path) {
  const auto full = full_path(path);
  if (!full) return path;
  const auto wide = wide_path(*full);
  wchar_t name[32768];
  const DWORD size = wide ? GetLongPathNameW(wide->c_str(), name, static_cast<DWORD>(std::size(name))) : 0;
  return size == 0 || size >= std::size(name) ? *full : path_from_wide({name, size});
}

// `path` with one of the endings, or as it is where it has one. Empty: nothing there.
std::string complete(const std::string& path, std::string_view small_name) {
  if (can_start(kind_of(small_name)) && is_file(path)) return as_on_disk(path);
  for (const std::string& kind : kinds_to_try()) {
    std::string ending = kind;
    for (char& c : ending)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (is_file(path + ending)) return as_on_disk(path + ending);
  }
  return {};
}

Unexpected not_executable(const std::string& path) {
  return fail(ErrorCode::kNotExecutable, printable(path) + " is not a program",
              "give the program that runs it, and the file as its argument");
}

Result<std::string> find_by_path(std::string_view command, std::string_view cwd) {
  std::string path(command);
  if (!is_absolute_path(path)) {
    if (!is_absolute_path(cwd)) return fail(ErrorCode::kInvalidInput, "not an absolute folder: " + printable(cwd));
    // "\x" and "C:x" depend on the current drive and its folder.
    if (path.find(':') != std::string::npos || path.front() == '/' || path.front() == '\\')
      return fail(ErrorCode::kInvalidInput, printable(command) + " is no path that is clear by itself",
                  "give the absolute path");
    path = std::string(cwd) + "/" + path;
  }
  if (std::string found = complete(path, name_of(path)); !found.empty()) return found;
  if (is_file(path)) return not_executable(path);
  return fail(ErrorCode::kCommandNotFound, "there is no program " + printable(path),
              "install it, or name another command");
}

std::string without_quotes(std::string_view folder) {
  std::string text(folder);
  std::erase(text, '"');
  return text;
}

}  // namespace

Result<std::string> find_executable(std::string_view command, std::string_view path, std::string_view cwd) {
  if (command.empty()) return fail(ErrorCode::kCommandNotFound, "the command is empty", "name a command");
  if (command.find('\0') != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput, "the command holds a NUL byte");
  if (command.find_first_of("/\\:") != std::string_view::npos) return find_by_path(command, cwd);
  std::string refused;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(';', begin), path.size());
    const std::string folder = without_quotes(path.substr(begin, end - begin));
    begin = end + 1;
    // An empty or relative element would let the folder we happen to be in decide what gets a credential. For the same
    // reason that folder is not looked into first, as Windows' own search does.
    if (!is_absolute_path(folder)) continue;
    const std::string candidate = folder + "/" + std::string(command);
    if (std::string found = complete(candidate, command); !found.empty()) return found;
    if (refused.empty() && is_file(candidate)) refused = candidate;
  }
  if (!refused.empty()) return not_executable(refused);
  return fail(ErrorCode::kCommandNotFound, printable(command) + " was not found in PATH",
              "install it, or give its absolute path");
}

Result<std::string> current_directory() {
  wchar_t folder[32768];
  const DWORD size = GetCurrentDirectoryW(static_cast<DWORD>(std::size(folder)), folder);
  if (size == 0 || size >= std::size(folder)) return system_failure("cannot tell the current folder", GetLastError());
  return path_from_wide({folder, size});
}

std::string own_executable() {
  wchar_t path[32768];
  const DWORD size = GetModuleFileNameW(nullptr, path, static_cast<DWORD>(std::size(path)));
  if (size == 0 || size >= std::size(path)) return {};
  return as_on_disk(path_from_wide({path, size}));
}

}  // namespace mcpcred
