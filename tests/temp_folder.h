#pragma once

#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>

namespace mcpcred::test {

/// A fresh folder that only this user may enter, removed with all that is in it.
class TempFolder {
 public:
  TempFolder() {
    std::random_device random;
    std::filesystem::path path;
    do {
      path = std::filesystem::temp_directory_path() / ("mcpcred-test-" + std::to_string(random()));
    } while (std::filesystem::exists(path));
    std::filesystem::create_directory(path);
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    path_ = std::filesystem::canonical(path).generic_string();
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace mcpcred::test
