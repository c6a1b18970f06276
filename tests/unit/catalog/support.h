#pragma once

#include <sys/stat.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace catalog_test {

/// A file of tests/data.
inline std::filesystem::path data(const std::string& name) {
  return std::filesystem::path(__FILE__).parent_path().parent_path().parent_path() / "data" / name;
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
  ServersFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "mcpcred-catalog-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = name;
  }
  ~ServersFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ServersFolder(const ServersFolder&) = delete;
  ServersFolder& operator=(const ServersFolder&) = delete;

  void write(const std::string& name, const std::string& text, mode_t mode = 0600) const {
    const auto file = path_ / name;
    std::ofstream(file, std::ios::binary) << text;
    if (chmod(file.c_str(), mode) != 0) throw std::runtime_error("chmod failed");
  }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

/// A complete small entry.
inline std::string small_entry(const std::string& id, const std::string& variable) {
  return "{\n  \"id\": \"" + id + "\",\n  \"name\": \"" + id + " Inc\",\n  \"token_type\": \"API Key\",\n" +
         "  \"variables\": [\n    {\"name\": \"" + variable + "\", \"label\": \"API key\"}\n  ]\n}\n";
}

}  // namespace catalog_test
