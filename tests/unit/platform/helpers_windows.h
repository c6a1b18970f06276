#pragma once

#include <windows.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "catch.h"
#include "mcpcred/result.h"
#include "platform/fs_path.h"
#include "temp_folder.h"

namespace test {

using mcpcred::test::TempFolder;

inline void write_text(const std::string& path, const std::string& text) {
  std::ofstream(mcpcred::fs_path(path), std::ios::binary) << text;
}

inline std::string read_text(const std::string& path) {
  std::ifstream file(mcpcred::fs_path(path), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(mcpcred::fs_path(folder)))
    names.insert(mcpcred::text_of(entry.path().filename()));
  return names;
}

template <class T>
mcpcred::ErrorCode code_of(const mcpcred::Result<T>& result) {
  REQUIRE_FALSE(result.has_value());
  return result.error().code;
}

}  // namespace test
