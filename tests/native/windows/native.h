#pragma once

#include <map>
#include <string>

namespace mcpcred::test {

inline std::string program_file(const std::string& name) {
  return name + ".exe";
}

inline constexpr char kPathListSeparator = ';';
inline constexpr char kRootFolder[] = "C:/";

inline constexpr char kDataFolder[] = "AppData/Local/mcpcred";
inline constexpr char kStateFolder[] = "AppData/Local/mcpcred/state";
inline constexpr char kServersFolder[] = "AppData/Roaming/mcpcred/servers";

inline std::map<std::string, std::string, std::less<>> home_environment(const std::string& home) {
  return {{"USERPROFILE", home}, {"APPDATA", home + "/AppData/Roaming"}, {"LOCALAPPDATA", home + "/AppData/Local"}};
}

}  // namespace mcpcred::test
