#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "catch.h"
#include "mcpcred/launch.h"
#include "native.h"
#include "temp_folder.h"

namespace mcpcred::test {

/// A folder of programs to be found on PATH, and an entry of the catalog to start them for.
struct Programs {
  TempFolder folder;

  std::string add(const std::string& name, const std::string& text = "#!/bin/sh\n") const {
    const std::string path = folder.path() + "/" + program_file(name);
    std::ofstream(path) << text;
    std::filesystem::permissions(path, std::filesystem::perms(0755));
    return path;
  }
  LaunchPlace place() const { return {folder.path(), kRootFolder}; }
};

inline CatalogServer built_in(std::string_view id) {
  const Catalog catalog("");
  auto server = catalog.find(id);
  REQUIRE(server);
  REQUIRE(*server);
  return std::move(**server);
}

inline AccountName account() {
  return AccountName::default_account();
}

}  // namespace mcpcred::test
