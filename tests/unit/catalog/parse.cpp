#include <algorithm>
#include <map>

#include "catch.h"
#include "mcpcred/catalog.h"
#include "unit/catalog/support.h"

using catalog_test::data;
using catalog_test::read;

namespace {

std::string good() {
  return read(data("good_server.json"));
}

// The complaint about the good entry with `from` replaced by `to`.
std::string complaint(const std::string& from, const std::string& to) {
  std::string text = good();
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const auto server = mcpcred::parse_catalog_server(text, "servers/acme.json");
  REQUIRE_FALSE(server);
  CHECK(server.error().code == mcpcred::ErrorCode::kInvalidInput);
  return server.error().message;
}

// "servers/acme.json:14: variables[0].name" with the line of `mark` in the good entry.
std::string at_line_of(const std::string& mark, const std::string& rest) {
  const std::string text = good();
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(mark));
  return "servers/acme.json:" + std::to_string(1 + std::count(text.begin(), end, '\n')) + ": " + rest;
}

}  // namespace

TEST_CASE("the good entry is read field by field") {
  const auto server = mcpcred::parse_catalog_server(good(), "servers/acme.json");
  REQUIRE(server);
  CHECK(server->id.str() == "acme");
  CHECK_FALSE(server->user_defined);
  REQUIRE(server->variable("ACME_TOKEN") != nullptr);
  CHECK(server->variable("ACME_TOKEN")->required);
  CHECK(server->variable("ACME_URL") == nullptr);
  CHECK(server->companion("ACME_URL")->host);
  CHECK(server->launch.front().env.front().transform == mcpcred::TransformKind::kRaw);
  CHECK(server->launch.front().env.front().secret);
  CHECK(server->remote.front().headers.front().transform == mcpcred::TransformKind::kTemplate);
  CHECK(server->rotate_days == 90);
  CHECK(server->rotate_source == "default");
}

TEST_CASE("every bad entry is refused with its line and the reason") {
  // The same files are given to the schema by tests/e2e/catalog_schema.test.sh.
  const std::map<std::string, std::string> reasons = {
      {"bad_complexity", "setup_complexity: is none of"},
      {"bad_id", ":2: id: may hold small letters"},
      {"bad_variable_name", ":10: variables[0].name: cannot be a variable's name"},
      {"control_character", ":3: name: holds control characters"},
      {"days_out_of_range", "rotate_days: is not a whole number from 1 to 3650"},
      {"empty_variables", ":8: variables: is empty"},
      {"literal_with_from", "launch[0].env[0].from: stands beside the transform literal"},
      {"mapping_without_from", "launch[0].env[0].name: has no from"},
      {"no_label", ":9: variables[0]: has no label"},
      {"no_variables", ":1: the entry has no variables"},
      {"not_an_object", ":1: the entry is not an object"},
      {"page_without_https", "create_page: is no https:// address"},
      {"plain_http", "remote[0].url: is no plain https:// address"},
      {"raw_with_text", "launch[0].env[0].text: stands beside the transform raw"},
      {"scopes_not_a_list", ":5: scopes: is not a list"},
      {"secret_host", "companions[0].secret: cannot be true of a host"},
      {"template_without_value", "remote[0].headers[0].text: has no {value} in its text"},
      {"token_without_header", "remote[0].static_token: is true, and there is no header"},
      {"unknown_checksum", "variables[0].formats[0].checksum: is no known algorithm"},
      {"unknown_key", "scope: is no known field"},
      {"unknown_key_deep", "launch[0].env[0].form: is no known field"},
      {"unknown_transform", "remote[0].headers[0].transform: is none of raw"},
      {"user_in_url", "remote[0].url: is no plain https:// address"},
      {"wrong_type", "rotate_days: is not a whole number"},
  };
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(data("bad_servers"))) {
    const std::string name = file.path().stem().string();
    INFO(name);
    ++count;
    REQUIRE(reasons.contains(name));
    const auto server = mcpcred::parse_catalog_server(read(file.path()), "bad.json");
    REQUIRE_FALSE(server);
    INFO(server.error().message);
    CHECK(server.error().message.starts_with("bad.json:"));
    CHECK(server.error().message.find(reasons.at(name)) != std::string::npos);
    CHECK(server.error().message.find('\x1b') == std::string::npos);
  }
  CHECK(count == reasons.size());
}

TEST_CASE("what no schema can say is refused too") {
  CHECK(complaint("\"^acme_[a-z0-9]{8}$\"", "\"^acme_[a-z\"") ==
        at_line_of("\"pattern\": \"^acme", "variables[0].formats[0].pattern: is no regular expression (ECMAScript)"));
  CHECK(complaint("\"from\": \"ACME_TOKEN\"", "\"from\": \"OTHER_TOKEN\"") ==
        at_line_of("\"from\": \"ACME_TOKEN\"",
                   "launch[0].env[0].from: is neither a variable nor a companion of this entry: OTHER_TOKEN"));
  CHECK(complaint("\"acme-mcp\"\n", "\"acme-mcp\", \"{ORG}\"\n") ==
        at_line_of("\"acme-mcp\"\n", "launch[0].args[2]: {ORG} is no companion of this entry"));
  CHECK(complaint("\"acme-mcp\"\n", "\"acme-mcp\", \"--key={ACME_TOKEN}\"\n") ==
        at_line_of("\"acme-mcp\"\n", "launch[0].args[2]: {ACME_TOKEN} would put a secret on the command line"));
  CHECK(complaint("\"name\": \"ACME_URL\"", "\"name\": \"ACME_TOKEN\"") ==
        at_line_of("\"name\": \"ACME_URL\"", "companions[0].name: stands twice: ACME_TOKEN"));
  CHECK(complaint("\"name\": \"ACME_URL\"", "\"name\": \"acme_token\"") ==
        at_line_of("\"name\": \"ACME_URL\"", "companions[0].name: stands twice: acme_token"));
  CHECK(complaint("\"command\": \"npx\"", "\"command\": \"docker\"").find("add \"-e\", \"ACME_KEY\" to args") !=
        std::string::npos);
  CHECK(complaint("https://mcp.acme.example/mcp", "https://{OTHER}.acme.example/mcp").find("{OTHER} is no companion") !=
        std::string::npos);
  CHECK(complaint("\"id\": \"key\",", "\"id\": \"key\", \"id\": \"key\",").find("a key stands twice") !=
        std::string::npos);
  CHECK(complaint("\"transform\": \"template\",\n          \"text\": \"Bearer {value}\"",
                  "\"transform\": \"basic_template\", \"text\": \"{WHO}:{value}\"")
            .find("headers[0].text: {WHO} is no companion") != std::string::npos);
  CHECK(complaint("\"transform\": \"template\",\n          \"text\": \"Bearer {value}\"",
                  "\"transform\": \"json_template\", \"text\": \"{\\\"a\\\": {value}}\"")
            .find("headers[0].text: is no JSON") != std::string::npos);
}

TEST_CASE("a host in an address must be one that an approval covers") {
  const std::string url = "https://mcp.acme.example/mcp";
  std::string text = good();
  text.replace(text.find(url), url.size(), "https://{ACME_URL}/mcp");
  CHECK(mcpcred::parse_catalog_server(text, "x.json"));
  text.replace(text.find("\"host\": true"), 12, "\"host\": false");
  const auto server = mcpcred::parse_catalog_server(text, "x.json");
  REQUIRE_FALSE(server);
  CHECK(server.error().message.find("{ACME_URL} decides the host") != std::string::npos);
}

TEST_CASE("text that is no JSON is refused with its line") {
  const auto message = [](const std::string& text) {
    const auto server = mcpcred::parse_catalog_server(text, "servers/x.json");
    REQUIRE_FALSE(server);
    return server.error().message;
  };
  CHECK(message("{\n  \"id\": \"x\",\n  oops\n}").starts_with("servers/x.json:3: "));
  CHECK(message("").starts_with("servers/x.json:1: "));
  CHECK(message(std::string("{}") + '\0').find("NUL") != std::string::npos);
  CHECK(message(std::string(300 * 1024, ' ')).find("size limit") != std::string::npos);
  std::string deep = R"({"verify": )";
  for (int i = 0; i < 20; ++i) deep += "[";
  CHECK(message(deep).find("too deep") != std::string::npos);
}
