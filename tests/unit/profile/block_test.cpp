#include "profile/block.h"

#include <random>

#include "catch.h"
#include "profile/profile_shells.h"

using mcpcred::ErrorCode;

namespace mcpcred {
namespace {

constexpr std::string_view kCode = "one\ntwo\n";

std::string added(std::string_view text, bool is_new = false, bool takes_crlf = false, std::string_view code = kCode) {
  const auto found = find_block(text, "file");
  REQUIRE(found);
  return std::string(with_block(text, *found, is_new, code, takes_crlf).reveal());
}

std::string removed(std::string_view text) {
  const auto found = find_block(text, "file");
  REQUIRE(found);
  REQUIRE(*found);
  return std::string(without_block(text, **found).reveal());
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

void check_there_and_back(const std::string& text) {
  for (const bool takes_crlf : {false, true}) {
    const std::string with = added(text, false, takes_crlf);
    INFO(text);
    CHECK(count_of(with, "# >>> mcpcred >>>") == 1);
    CHECK(with.find("one") != std::string::npos);
    CHECK(added(with, false, takes_crlf) == with);
    CHECK(removed(with) == text);
    // Another text takes its place, and leaves as little behind.
    const std::string updated = added(with, false, takes_crlf, "other\n");
    CHECK(count_of(updated, "# >>> mcpcred >>>") == 1);
    CHECK(updated.find("one") == std::string::npos);
    CHECK(removed(updated) == text);
  }
}

}  // namespace

TEST_CASE("block: in and out again leaves every byte") {
  for (const char* text : {"", "a", "a\n", "a\r\nb\r\n", "a\r\nb", "a\nb\r", "a\r", "\n", "\n\n", "\r\n", "a \\",
                           "\xff\n", "# >>> other >>>\nx\n# <<< other <<<\n", "# mcpcred\n", "a\n\n\n"})
    check_there_and_back(text);
}

TEST_CASE("block: in and out again leaves every byte of random texts") {
  std::mt19937 random(20261124);
  const std::string letters = "ab \t\r\n\n#>mcpcred<\\'\"$\xff";
  for (int i = 0; i < 3000; ++i) {
    std::string text(random() % 40, '\0');
    for (char& c : text) c = letters[random() % letters.size()];
    check_there_and_back(text);
  }
}

TEST_CASE("block: text around it stays, wherever it was moved to and whatever was written below") {
  const std::string with = added("first");
  CHECK(removed(with + "below\n") == "first\nbelow\n");
  CHECK(added(with + "below\n", false, false, "other\n").ends_with("# <<< mcpcred <<<\nbelow\n"));
  CHECK(removed("above\n" + with) == "above\nfirst");
  CHECK(removed("above\n" + added("") + "below") == "above\nbelow");
}

TEST_CASE("block: its lines end as the file's do, where the shell can read that") {
  CHECK(added("a\r\n", false, true).find("one\r\ntwo\r\n# <<< mcpcred <<<\r\n") != std::string::npos);
  CHECK(added("a\r\n", false, false).find("one\ntwo\n# <<< mcpcred <<<\n") != std::string::npos);
}

TEST_CASE("block: it is found after an editor changed its line ends, spaces or last line") {
  std::string with = added("a\n");
  std::string crlf;
  for (const char c : with) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(removed(crlf) == "a\r\n");
  with.pop_back();
  CHECK(removed(with) == "a\n");
  CHECK(removed("  # >>> mcpcred >>> \nx\n\t# <<< mcpcred <<<\nb\n") == "b\n");
}

TEST_CASE("block: one that was made with its file says so") {
  const std::string with = added("", true);
  const auto found = find_block(with, "file");
  REQUIRE(found);
  CHECK((*found)->notes.made_file);
  // Brought up to date it still does.
  const std::string updated = added(with, false, false, "other\n");
  CHECK((*find_block(updated, "file"))->notes.made_file);
  CHECK(removed(updated).empty());
  CHECK_FALSE((*find_block(added(""), "file"))->notes.made_file);
}

TEST_CASE("block: a damaged one is named by its line, and nothing is guessed") {
  const std::string begin = "# >>> mcpcred >>>\n";
  const std::string end = "# <<< mcpcred <<<\n";
  const std::pair<std::string, std::string> cases[] = {
      {"a\n" + begin + "x\n", "file, line 2"},     {"a\nb\n" + end, "file, line 3"},
      {begin + end + begin + end, "file, line 3"}, {begin + begin + end, "file, line 2"},
      {begin + end + end, "file, line 3"},         {begin + end + begin, "file, line 3"}};
  for (const auto& [text, where] : cases) {
    const auto found = find_block(text, "file");
    INFO(text);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == ErrorCode::kConflict);
    CHECK(found.error().message.starts_with(where));
    CHECK_FALSE(found.error().hint.empty());
  }
}

TEST_CASE("profile: each shell's block runs exactly one command, quoted for that shell") {
  for (const ProfileShell* shell : all_profile_shells()) {
    const std::string command = "mcpcred export --no-prompt --shell " + std::string(shell->name);
    const std::string code = block_code(*shell, {"mcpcred", {}});
    INFO(code);
    CHECK(count_of(code, command) == 1);
    CHECK(count_of(code, "@") == count_of(shell->code, "@") - 4);
    CHECK(code.ends_with('\n'));
  }
  const std::string path = "/x y/it's \\ \xe2\x80\x99\xe2\x80\x98";
  CHECK(kBashProfile.quote(path) == "'/x y/it'\\''s \\ \xe2\x80\x99\xe2\x80\x98'");
  CHECK(kFishProfile.quote(path) == "'/x y/it\\'s \\\\ \xe2\x80\x99\xe2\x80\x98'");
  CHECK(kPowershellProfile.quote(path) == "'/x y/it''s \\ \xe2\x80\x99\xe2\x80\x99\xe2\x80\x98\xe2\x80\x98'");
  CHECK(kNushellProfile.quote(path) == "r#'" + path + "'#");
  CHECK(kNushellProfile.quote("a'#b") == "r##'a'#b'##");
}

}  // namespace mcpcred
