#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "temp_folder.h"

namespace catalog_test {

/// A file of tests/data.
inline std::filesystem::path data(const std::string& name) {
  return std::filesystem::path(MCPCRED_TEST_DATA) / name;
}

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// A fresh servers folder, removed at the end.
class ServersFolder {
 public:
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path() + "/" + name, std::ios::binary) << text;
  }
  std::string path() const { return folder_.path(); }

 private:
  mcpcred::test::TempFolder folder_;
};

/// A complete small entry.
inline std::string small_entry(const std::string& id, const std::string& variable) {
  return "{\n  \"id\": \"" + id + "\",\n  \"name\": \"" + id + " Inc\",\n  \"token_type\": \"API Key\",\n" +
         "  \"variables\": [\n    {\"name\": \"" + variable + "\", \"label\": \"API key\"}\n  ]\n}\n";
}

}  // namespace catalog_test
