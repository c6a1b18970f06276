#include "platform/paths.h"
#include "unit/launch/child.h"

namespace mcpcred::test {

TEST_CASE("environment D3: the program's own folder comes first on the child's PATH, once") {
  Child child("github");
  const std::string folder = native_path(child.programs.folder.path());
  CHECK(contains(texts(*child.environment({"made-up"})), "PATH=" + folder));
  CHECK(contains(texts(*child.environment({"made-up"}, {"Path=C:\\evil;D:\\bin"})),
                 "PATH=" + folder + ";C:\\evil;D:\\bin"));
  const std::string has_it = "PATH=D:\\bin;" + folder + ";;C:\\x y";
  CHECK(contains(texts(*child.environment({"made-up"}, {has_it})), "PATH=" + folder + ";D:\\bin;C:\\x y"));
}

TEST_CASE("environment: letter case does not bring back what is dropped or decided by us") {
  Child child("github");
  const auto entries =
      texts(*child.environment({"made-up"}, {"Mcpcred_Key_File=C:\\x", "github_host=https://evil.example",
                                             "github_personal_access_token=planted", "Lang=C"}));
  CHECK(contains(entries, "Lang=C"));
  CHECK(contains(entries, "GITHUB_PERSONAL_ACCESS_TOKEN=made-up"));
  CHECK(entries.size() == 3);  // those, and PATH
}

}  // namespace mcpcred::test
