#pragma once

#include <map>
#include <string>

// What tests need to know of the system that they run on; tests/native/windows has the same.
namespace mcpcred::test {

/// The file of a program that is called by `name`.
inline std::string program_file(const std::string& name) {
  return name;
}

inline constexpr char kPathListSeparator = ':';
inline constexpr char kRootFolder[] = "/";

/// Where mcpcred keeps its files below a home folder.
inline constexpr char kDataFolder[] = ".local/share/mcpcred";
inline constexpr char kStateFolder[] = ".local/state/mcpcred";
inline constexpr char kServersFolder[] = ".config/mcpcred/servers";

/// What tells mcpcred of that home folder.
inline std::map<std::string, std::string, std::less<>> home_environment(const std::string& home) {
  return {{"HOME", home}, {"SHELL", "/bin/bash"}};
}

}  // namespace mcpcred::test
