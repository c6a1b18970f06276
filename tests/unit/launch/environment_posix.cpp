#include "unit/launch/child.h"

namespace mcpcred::test {

TEST_CASE("environment D3: the program's own folder comes first on the child's PATH, once") {
  Child child("github");
  const std::string folder = child.programs.folder.path();
  CHECK(contains(texts(*child.environment({"made-up"})), "PATH=" + folder));
  CHECK(contains(texts(*child.environment({"made-up"}, {"PATH=/tmp/evil:/usr/bin"})),
                 "PATH=" + folder + ":/tmp/evil:/usr/bin"));
  const std::string has_it = "PATH=/usr/bin:" + folder + "::/bin";
  CHECK(contains(texts(*child.environment({"made-up"}, {has_it})), "PATH=" + folder + ":/usr/bin:/bin"));
}

}  // namespace mcpcred::test
