#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.h"
#include "mcpcred/registry.h"
#include "temp_folder.h"

namespace mcpcred::test {

TEST_CASE("registry: the file is private") {
  const TempFolder folder;
  const RegistryFile file(folder.path() + "/state");
  REQUIRE(file.save({}));
  const auto permissions = std::filesystem::status(file.path()).permissions();
  CHECK((permissions & std::filesystem::perms::mask) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));

  std::filesystem::permissions(file.path(), std::filesystem::perms(0644));
  const auto open_to_others = file.load();
  REQUIRE_FALSE(open_to_others);
  CHECK(open_to_others.error().code == ErrorCode::kUnsafePermissions);
}

TEST_CASE("registry K1: the next write removes what a killed one left") {
  const TempFolder folder;
  const RegistryFile file(folder.path() + "/state");
  REQUIRE(file.save({}));
  const pid_t gone = fork();
  if (gone == 0) _exit(0);
  waitpid(gone, nullptr, 0);
  const std::string stale =
      folder.path() + "/state/.registry.json.mcpcred." + std::to_string(gone) + ".0123456789abcdef";
  std::ofstream(stale) << "x";
  REQUIRE(std::filesystem::exists(stale));
  REQUIRE(file.save({}));
  CHECK_FALSE(std::filesystem::exists(stale));
}

}  // namespace mcpcred::test
