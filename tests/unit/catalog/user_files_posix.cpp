#include "catch.h"
#include "mcpcred/catalog.h"
#include "unit/catalog/support.h"

using catalog_test::ServersFolder;
using catalog_test::small_entry;
using mcpcred::Catalog;

TEST_CASE("a file that others may write is not believed") {
  const ServersFolder folder;
  folder.write("acme.json", small_entry("acme", "ACME_TOKEN"));
  std::filesystem::permissions(folder.path() + "/acme.json", std::filesystem::perms(0666));
  const Catalog catalog(folder.path());
  const auto server = catalog.find("acme");
  REQUIRE_FALSE(server);
  CHECK(server.error().code == mcpcred::ErrorCode::kUnsafePermissions);
  CHECK(catalog.problems().size() == 1);
  CHECK_FALSE(catalog.server_of("ACME_TOKEN").has_value());
}
