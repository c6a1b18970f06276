#include "catch.h"
#include "mcpcred/catalog.h"
#include "unit/catalog/support.h"

using mcpcred::Catalog;

namespace {

std::string first(std::string_view typed) {
  const auto found = Catalog("").nearest(typed);
  CHECK(found.size() <= 3);
  return found.empty() ? "" : found.front();
}

}  // namespace

TEST_CASE("a mistyped id leads to the one that was meant") {
  CHECK(first("githb") == "github");
  CHECK(first("gihtub") == "github");
  CHECK(first("GitHub") == "github");
  CHECK(first("slakc") == "slack");
  CHECK(first("kube") == "kubernetes");
  CHECK(first("azure") == "azure-devops");
  CHECK(first("azuredevops") == "azure-devops");
  CHECK(first("sentri") == "sentry");
  CHECK(first("hugging face") == "huggingface");
}

TEST_CASE("other names of a provider are known") {
  CHECK(first("postgresql") == "postgres");
  CHECK(first("ado") == "azure-devops");
  CHECK(first("jira") == "atlassian");
  CHECK(first("confluence") == "atlassian");
  CHECK(first("k8s") == "kubernetes");
  CHECK(first("mongo") == "mongodb");
  CHECK(first("gh") == "github");
}

TEST_CASE("what is near to nothing gets no suggestion") {
  CHECK(first("").empty());
  CHECK(first("zz").empty());
  CHECK(first("exb") == "exa");
  CHECK(first("qqqqqqqq").empty());
  CHECK(first(std::string(1000, 'g')).empty());
}

TEST_CASE("a user's own entry is suggested as well") {
  const catalog_test::ServersFolder folder;
  folder.write("intranet.json", catalog_test::small_entry("intranet", "INTRANET_TOKEN"));
  CHECK(Catalog(folder.path()).nearest("intrnet") == std::vector<std::string>{"intranet"});
}
