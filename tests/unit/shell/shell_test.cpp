#include "unit/shell/support.h"

#include "catch.h"

namespace mcpcred::test {

TEST_CASE("export: a NUL byte fits no environment variable, and the whole text is refused") {
  const Secret good = Secret::copy_of("good");
  const Secret bad = Secret::copy_of(std::string_view("a\0b", 3));
  const std::vector<ExportItem> items = {{"GOOD", &good}, {"BAD", &bad}};
  for (const std::string_view name : {"sh", "bash", "zsh", "dotenv"}) {
    const auto text = format_export(syntax(name), items);
    REQUIRE_FALSE(text);
    CHECK(text.error().message.find("BAD") == 0);
  }
}

TEST_CASE("export B1 B5: dotenv holds a value on one line, or refuses it") {
  CHECK(exported("dotenv", "plain") == "VALUE='plain'\n");
  CHECK(exported("dotenv", "with $dollar and # and spaces ") == "VALUE='with $dollar and # and spaces '\n");
  CHECK(exported("dotenv", "FOO=bar\nLD_PRELOAD=/x") == "VALUE=\"FOO=bar\\nLD_PRELOAD=/x\"\n");
  CHECK(exported("dotenv", "it's") == "VALUE=\"it's\"\n");
  CHECK(exported("dotenv", "it's \"both\"").find("refused: VALUE: ") == 0);
  CHECK(exported("dotenv", "C:\\folder") == "VALUE='C:\\folder'\n");
  CHECK(exported("dotenv", "ends with \\").find("refused: ") == 0);
  CHECK(exported("dotenv", "two \\\\ of them").find("refused: ") == 0);
  CHECK(exported("dotenv", "\xff").find("refused: ") == 0);
}

TEST_CASE("export: cmd holds what it reads the same everywhere, and refuses the rest") {
  CHECK(exported("cmd", "plain") == "set \"VALUE=plain\"\r\n");
  CHECK(exported("cmd", "a & b | c > d ^ (e) 'f' `g` = ;") == "set \"VALUE=a & b | c > d ^ (e) 'f' `g` = ;\"\r\n");
  for (const std::string& value : {std::string("%PATH%"), std::string("100%"), std::string("!x!"), std::string("\""),
                                   std::string("a\nb"), std::string("a\r"), std::string("\x1a"), std::string("a\0b", 3),
                                   std::string("\x7f"), std::string("z\xc3\xbcrich"), std::string(7901, 'x')}) {
    INFO(value);
    CHECK(exported("cmd", value).find("refused: VALUE: ") == 0);
  }
  CHECK(exported("cmd", std::string(7900, 'x')).size() == 7900 + 14);
}

TEST_CASE("export: JSON is one object with every character escaped as it has to be") {
  const Secret one = Secret::copy_of("a\"b\\c\n\x01");
  const Secret two = Secret::copy_of("ü");
  const std::vector<ExportItem> items = {{"ONE", &one}, {"TWO", &two}};
  const auto text = format_export(syntax("json"), items);
  REQUIRE(text);
  CHECK(text->reveal() == "{\"ONE\":\"a\\\"b\\\\c\\u000a\\u0001\",\"TWO\":\"ü\"}\n");
  CHECK(exported("json", "\xff").find("refused: ") == 0);
  const auto nothing = format_export(syntax("json"), {});
  CHECK(nothing->reveal() == "{}\n");
}

TEST_CASE("export C6: names that decide what runs are dangerous, in any letter case") {
  for (const std::string_view name :
       {"PATH", "path", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "BASH_ENV", "IFS", "PS4", "PROMPT_COMMAND",
        "NODE_OPTIONS", "PYTHONPATH", "PYTHONSTARTUP", "PERL5OPT", "GIT_SSH_COMMAND", "HTTPS_PROXY", "https_proxy",
        "EDITOR", "MCPCRED_KEY_FILE", "ComSpec", "PATHEXT"})
    CHECK(is_dangerous_name(name));
  for (const std::string_view name : {"GITHUB_TOKEN", "DATABASE_URL", "KUBECONFIG", "GITLAB_TOKEN", "PATHS"})
    CHECK_FALSE(is_dangerous_name(name));
}

}  // namespace mcpcred::test
