#include <pwd.h>

#include <map>

#include "platform/paths.h"
#include "unit/platform/helpers.h"

using mcpcred::ErrorCode;
using mcpcred::find_folders;
using mcpcred::find_home;

namespace {

mcpcred::EnvironmentLookup environment(std::map<std::string, std::string, std::less<>> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  };
}

}  // namespace

TEST_CASE("G7 the home folder is HOME, without trailing slashes") {
  const test::TempFolder folder;
  CHECK(find_home(environment({{"HOME", folder.path()}})).value() == folder.path());
  CHECK(find_home(environment({{"HOME", folder.path() + "//"}})).value() == folder.path());
}

TEST_CASE("G7 without HOME the user database tells it") {
  const std::string by_database = getpwuid(geteuid())->pw_dir;
  CHECK(find_home(environment({})).value() == by_database);
  CHECK(find_home(environment({{"HOME", ""}})).value() == by_database);
}

TEST_CASE("G7 a relative or missing HOME is refused and named") {
  const test::TempFolder folder;
  const auto relative = find_home(environment({{"HOME", "some/where"}}));
  CHECK(test::code_of(relative) == ErrorCode::kInvalidInput);
  CHECK(relative.error().message.find("some/where") != std::string::npos);
  const auto missing = find_home(environment({{"HOME", folder / "absent\x1b[2J"}}));
  CHECK(test::code_of(missing) == ErrorCode::kInvalidInput);
  CHECK(missing.error().message.find(folder / "absent\\x1b[2J") != std::string::npos);
  test::write_text(folder / "file", "x");
  CHECK(test::code_of(find_home(environment({{"HOME", folder / "file"}}))) == ErrorCode::kInvalidInput);
}

TEST_CASE("--data-dir puts everything below one absolute folder, whatever HOME is") {
  const auto nothing = environment({{"HOME", "relative"}});
  const auto folders = find_folders(nothing, "/some/where//");
  REQUIRE(folders);
  CHECK(folders->data == "/some/where");
  CHECK(folders->state == "/some/where/state");
  CHECK(folders->config == "/some/where/config");
  CHECK(find_folders(nothing, "/").value().state == "/state");
  CHECK(test::code_of(find_folders(nothing, "some/where")) == ErrorCode::kUsage);
  CHECK(test::code_of(find_folders(nothing, "~/x")) == ErrorCode::kUsage);
}

#ifdef __linux__
TEST_CASE("G7 folders by the XDG variables, else below the home folder") {
  const test::TempFolder home;
  const auto usual = find_folders(environment({{"HOME", home.path()}}), "");
  REQUIRE(usual);
  CHECK(usual->config == home / ".config/mcpcred");
  CHECK(usual->data == home / ".local/share/mcpcred");
  CHECK(usual->state == home / ".local/state/mcpcred");

  const auto moved = find_folders(
      environment(
          {{"HOME", home.path()}, {"XDG_CONFIG_HOME", "/c/"}, {"XDG_DATA_HOME", "/d"}, {"XDG_STATE_HOME", "relative"}}),
      "");
  REQUIRE(moved);
  CHECK(moved->config == "/c/mcpcred");
  CHECK(moved->data == "/d/mcpcred");
  CHECK(moved->state == home / ".local/state/mcpcred");
}
#endif

TEST_CASE("G9 root with the home folder of another user is refused") {
  const test::TempFolder home;
  const auto look = environment({{"HOME", home.path()}, {"XDG_CONFIG_HOME", "/c"}, {"XDG_DATA_HOME", "/d"}});
  if (geteuid() != 0) {
    // A plain user with somebody else's HOME is nobody's danger: the system itself refuses the writing.
    CHECK(find_home(environment({{"HOME", "/"}})).has_value());
    return;
  }
  REQUIRE(find_folders(look, "").has_value());
  REQUIRE(chown(home.path().c_str(), 65534, 65534) == 0);
  const auto refused = find_folders(look, "");
  CHECK(test::code_of(refused) == ErrorCode::kRefused);
  CHECK(refused.error().hint.find("without sudo") != std::string::npos);
  CHECK(test::code_of(find_home(look)) == ErrorCode::kRefused);
  CHECK(find_folders(look, "/elsewhere").has_value());
}
