#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace mcpcred {

/// A path of ours for std::filesystem and for streams, which on Windows would read plain chars in the machine's own
/// code page.
inline std::filesystem::path fs_path(std::string_view path) {
  return std::filesystem::path(std::u8string(path.begin(), path.end()));
}

/// The other way round.
inline std::string text_of(const std::filesystem::path& path) {
  const std::u8string text = path.generic_u8string();
  return {text.begin(), text.end()};
}

}  // namespace mcpcred
