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

}  // namespace mcpcred::test
