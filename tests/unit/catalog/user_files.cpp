#include "catch.h"
#include "core/encoding.h"
#include "mcpcred/catalog.h"
#include "unit/catalog/support.h"

using catalog_test::ServersFolder;
using catalog_test::small_entry;
using mcpcred::Catalog;

namespace {

bool has(const std::vector<std::string>& list, const std::string& wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

}  // namespace

TEST_CASE("a user's file adds an entry") {
  const ServersFolder folder;
  const std::string text = small_entry("acme", "ACME_TOKEN");
  folder.write("acme.json", text);
  const Catalog catalog(folder.path());
  const auto server = catalog.find("acme");
  REQUIRE(server);
  REQUIRE(server->has_value());
  CHECK((*server)->user_defined);
  CHECK((*server)->digest == mcpcred::hex_encode(mcpcred::sha256(text)));
  CHECK_FALSE((*server)->from_guide);
  CHECK(catalog.server_of("ACME_TOKEN") == "acme");
  CHECK(has(catalog.ids(), "acme"));
  CHECK(catalog.ids().size() == 33);
  CHECK(catalog.problems().empty());
  CHECK(catalog.server_of("GITHUB_TOKEN") == "github");
}

TEST_CASE("a user's file for a built-in id replaces the keys that it has, and no other") {
  const ServersFolder folder;
  folder.write("github.json", R"({"rotate_days": 30, "scopes": ["repo"]})");
  const Catalog catalog(folder.path());
  const auto server = catalog.find("github").value().value();
  CHECK(server.rotate_days == 30);
  CHECK(server.scopes == std::vector<std::string>{"repo"});
  CHECK(server.name == "GitHub");
  CHECK(server.from_guide);
  CHECK(server.user_defined);
  CHECK(server.digest.size() == 64);
  CHECK(catalog.server_of("GITHUB_TOKEN") == "github");
  CHECK(catalog.ids().size() == 32);
  CHECK(catalog.find("slack").value()->digest.empty());
}

TEST_CASE("an override that renames the variable is followed") {
  const ServersFolder folder;
  folder.write("figma.json", R"({"variables": [{"name": "MY_FIGMA", "label": "token"}], "launch": []})");
  const Catalog catalog(folder.path());
  CHECK(catalog.server_of("MY_FIGMA") == "figma");
  CHECK_FALSE(catalog.server_of("FIGMA_TOKEN").has_value());
}

TEST_CASE("an override that leaves the rest without its variable is refused") {
  const ServersFolder folder;
  folder.write("figma.json", R"({"variables": [{"name": "MY_FIGMA", "label": "token"}]})");
  const auto server = Catalog(folder.path()).find("figma");
  REQUIRE_FALSE(server);
  // launch stands in the built-in text, so there is no line of the user's file.
  CHECK(server.error().message ==
        "servers/figma.json: launch[0].env[0].from: is neither a variable nor a companion of this entry: FIGMA_TOKEN");
}

TEST_CASE("a bad file is an error of its own id and nobody else's") {
  const ServersFolder folder;
  folder.write("acme.json", small_entry("acme", "ACME_TOKEN"));
  folder.write("bad.json", "{\n  \"id\": \"bad\",\n  \"nome\": \"x\"\n}\n");
  folder.write("broken.json", "{\n\n");
  folder.write("github.json", R"({"rotate_days": "soon"})");
  const Catalog catalog(folder.path());

  const auto bad = catalog.find("bad");
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == mcpcred::ErrorCode::kInvalidInput);
  CHECK(bad.error().message == "servers/bad.json:3: nome: is no known field");
  CHECK(bad.error().hint.find("bad.json") != std::string::npos);
  CHECK_FALSE(catalog.find("github"));

  CHECK(catalog.find("acme").value().has_value());
  CHECK(catalog.find("slack").value().has_value());
  CHECK(catalog.server_of("ACME_TOKEN") == "acme");
  CHECK(catalog.server_of("GITHUB_TOKEN") == "github");  // whose find() then says what is wrong

  const auto problems = catalog.problems();
  REQUIRE(problems.size() == 3);
  CHECK(problems[0].file == "servers/bad.json");
  CHECK(problems[0].line == 3);
  CHECK(problems[0].reason == "nome: is no known field");
  CHECK(problems[1].file == "servers/broken.json");
  CHECK(problems[1].line == 3);
  CHECK(problems[2].file == "servers/github.json");
  CHECK(problems[2].line == 1);
}

TEST_CASE("a user's file cannot take the variable of a built-in entry") {
  const ServersFolder folder;
  for (const char* name : {"GITHUB_TOKEN", "github_token", "AWS_SESSION_TOKEN"}) {
    INFO(name);
    folder.write("evil.json", small_entry("evil", name));
    const Catalog catalog(folder.path());
    CHECK_FALSE(catalog.find("evil"));
    CHECK(catalog.server_of("GITHUB_TOKEN") == "github");
    CHECK(catalog.server_of("AWS_SESSION_TOKEN") == "aws");
    CHECK_FALSE(catalog.server_of("github_token").has_value());
    REQUIRE(catalog.problems().size() == 1);
    CHECK(catalog.problems()[0].reason.find("is declared by") != std::string::npos);
  }
  folder.write("evil.json", R"({"id":"evil","name":"e","token_type":"t","variables":[{"name":"EVIL_TOKEN","label":"l"}],
      "companions":[{"name":"SLACK_TOKEN","label":"l","secret":true}]})");
  CHECK_FALSE(Catalog(folder.path()).find("evil"));
  CHECK(Catalog(folder.path()).server_of("SLACK_TOKEN") == "slack");
}

TEST_CASE("an override cannot take the variable of another built-in entry either") {
  const ServersFolder folder;
  folder.write("figma.json", R"({"variables": [{"name": "GITHUB_TOKEN", "label": "token"}], "launch": []})");
  const Catalog catalog(folder.path());
  CHECK_FALSE(catalog.find("figma"));
  CHECK(catalog.server_of("GITHUB_TOKEN") == "github");
  CHECK(catalog.find("github").value().has_value());
}

TEST_CASE("a file that takes a built-in variable breaks neither an override of it nor a third file") {
  const ServersFolder folder;
  folder.write("figma.json", R"({"rotate_days": 30})");
  folder.write("acme.json", small_entry("acme", "ACME_TOKEN"));
  folder.write("evil.json", R"({"id": "evil", "name": "e", "token_type": "t", "variables": [
      {"name": "FIGMA_TOKEN", "label": "l"}, {"name": "ACME_TOKEN", "label": "l"}]})");
  const Catalog catalog(folder.path());
  CHECK_FALSE(catalog.find("evil"));
  CHECK(catalog.find("figma").value()->rotate_days == 30);
  CHECK(catalog.find("acme").value().has_value());
  CHECK(catalog.server_of("FIGMA_TOKEN") == "figma");
  CHECK(catalog.server_of("ACME_TOKEN") == "acme");
  CHECK(catalog.problems().size() == 1);
}

TEST_CASE("two user's files with one variable are both refused, a third one works") {
  const ServersFolder folder;
  folder.write("one.json", small_entry("one", "SHARED_TOKEN"));
  folder.write("two.json", small_entry("two", "SHARED_TOKEN"));
  folder.write("three.json", small_entry("three", "THIRD_TOKEN"));
  const Catalog catalog(folder.path());
  CHECK_FALSE(catalog.find("one"));
  CHECK_FALSE(catalog.find("two"));
  CHECK(catalog.find("three").value().has_value());
  CHECK_FALSE(catalog.server_of("SHARED_TOKEN").has_value());
  CHECK(catalog.problems().size() == 2);
}

TEST_CASE("the name of a file decides its id") {
  const ServersFolder folder;
  folder.write("acme.json", small_entry("other", "ACME_TOKEN"));
  folder.write("Not An Id.json", small_entry("x", "X_TOKEN"));
  folder.write("notes.txt", "no entry");
  folder.write(".hidden.json", "no entry");
  folder.write("acme.json~", "no entry");
  const Catalog catalog(folder.path());
  CHECK(catalog.find("acme").error().message == "servers/acme.json:2: id: is not the file's name: acme");
  CHECK_FALSE(catalog.find("other").value().has_value());
  CHECK(catalog.problems().size() == 2);
  CHECK(catalog.ids().size() == 33);
}

TEST_CASE("a user's entry does not pass for one of the guide's") {
  const ServersFolder folder;
  std::string text = small_entry("acme", "ACME_TOKEN");
  text.insert(text.find("\"name\""), "\"from_guide\": true, ");
  folder.write("acme.json", text);
  CHECK(Catalog(folder.path()).find("acme").error().message ==
        "servers/acme.json:3: from_guide: is for the built-in entries");
}

TEST_CASE("no folder, and a folder that is a file") {
  const ServersFolder folder;
  const Catalog absent(folder.path() + "/absent");
  CHECK(absent.find("github").value().has_value());
  CHECK(absent.server_of("GITHUB_TOKEN") == "github");
  CHECK(absent.problems().empty());
  folder.write("file", "x");
  const Catalog odd(folder.path() + "/file");
  CHECK(odd.problems().size() == 1);
  CHECK(odd.server_of("GITHUB_TOKEN") == "github");
}
