#include "unit/shell/support.h"

#include "catch.h"

namespace mcpcred::test {

TEST_CASE("export: a NUL byte fits no environment variable, and the whole text is refused") {
  const Secret good = Secret::copy_of("good");
  const Secret bad = Secret::copy_of(std::string_view("a\0b", 3));
  const std::vector<ExportItem> items = {{"GOOD", &good}, {"BAD", &bad}};
  for (const std::string_view name :
       {"sh", "bash", "zsh", "fish", "powershell", "nushell", "cmd", "dotenv", "github-actions"}) {
    const auto text = format_export(syntax(name), items);
    REQUIRE_FALSE(text);
    CHECK(text.error().message.find("BAD") == 0);
  }
}

TEST_CASE("export B1 B5: dotenv holds a value as every parser reads it, or refuses it") {
  CHECK(exported("dotenv", "plain") == "VALUE='plain'\n");
  CHECK(exported("dotenv", "with $dollar and # and spaces ") == "VALUE='with $dollar and # and spaces '\n");
  CHECK(exported("dotenv", "-----BEGIN KEY-----\nQUJD\nREVG==\n") == "VALUE=\"-----BEGIN KEY-----\nQUJD\nREVG==\n\"\n");
  // A reader that knows no quotes would take these for a variable of their own.
  for (const std::string_view value :
       {"FOO=bar\nLD_PRELOAD=/x", "a\nexport LD_PRELOAD=/x", "a\n  B: c", "a\nB =c\nd", "a\nB=c=="}) {
    INFO(value);
    CHECK(exported("dotenv", value).find("refused: ") == 0);
  }
  CHECK(exported("dotenv", "it's") == "VALUE=\"it's\"\n");
  CHECK(exported("dotenv", "it's \"both\"").find("refused: VALUE: ") == 0);
  CHECK(exported("dotenv", "C:\\folder") == "VALUE='C:\\folder'\n");
  CHECK(exported("dotenv", "ends with \\").find("refused: ") == 0);
  CHECK(exported("dotenv", "two \\\\ of them").find("refused: ") == 0);
  // Each of these is something else, code, or a second variable in one of the parsers.
  for (const std::string_view value : {"\xff", "${HOME}", "$(touch pwn)", "a\r", "a\x0cLD_PRELOAD=/x", "a\x1b[0m",
                                       "a\xe2\x80\xa8LD_PRELOAD=/x", "a\xc2\x85LD_PRELOAD=/x"}) {
    INFO(value);
    CHECK(exported("dotenv", value).find("refused: ") == 0);
  }
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

TEST_CASE("export: fish knows \\ and ' between single quotes, and nothing else") {
  CHECK(exported("fish", "it's \\ $x (y) \"z\"\n\xff") == "set -gx VALUE 'it\\'s \\\\ $x (y) \"z\"\n\xff'\n");
}

TEST_CASE("export: nushell loads a record, which is no code") {
  CHECK(exported("nushell", "a\"$(x)\n") == "{\"VALUE\":\"a\\\"$(x)\\u000a\"}\n");
  CHECK(exported("nushell", "\xff").find("refused: VALUE: Nushell keeps text") == 0);
  CHECK(format_export(syntax("nushell"), {})->reveal() == "{}\n");
}

TEST_CASE("export: a shell is known by its program, however that is called") {
  for (const auto& [program, name] : {std::pair("bash", "bash"),
                                      {"-zsh", "zsh"},
                                      {"/usr/bin/fish", "fish"},
                                      {"sh", "sh"},
                                      {"-dash", "sh"},
                                      {"ash", "sh"},
                                      {"ksh", "sh"},
                                      {"nu", "nushell"},
                                      {"pwsh", "powershell"},
                                      {"pwsh.exe", "powershell"},
                                      {"PowerShell.EXE", "powershell"},
                                      {"C:\\Windows\\System32\\cmd.exe", "cmd"},
                                      {"cmd", "cmd"},
                                      {"bash.exe", "bash"}}) {
    INFO(program);
    const ExportSyntax* found = find_shell_syntax(program);
    REQUIRE(found != nullptr);
    CHECK(found->name == name);
  }
  for (const std::string_view program : {"", "-", "claude", "json", "dotenv", "github-actions", "make", "bash/", "/"})
    CHECK(find_shell_syntax(program) == nullptr);
}

TEST_CASE("export: every syntax says how to load it") {
  for (const ExportSyntax& each : export_syntaxes())
    CHECK(each.load_line.find(std::string(each.is_shell ? "--shell " : "--format ") + std::string(each.name)) !=
          std::string_view::npos);
}

TEST_CASE("export C6: names that decide what runs are dangerous, in any letter case") {
  for (const std::string_view name : {"PATH",
                                      "path",
                                      "LD_PRELOAD",
                                      "DYLD_INSERT_LIBRARIES",
                                      "BASH_ENV",
                                      "IFS",
                                      "PS4",
                                      "PROMPT_COMMAND",
                                      "NODE_OPTIONS",
                                      "NODE_PATH",
                                      "PYTHONPATH",
                                      "PYTHONSTARTUP",
                                      "PERL5OPT",
                                      "RUBYOPT",
                                      "RUBYLIB",
                                      "JAVA_TOOL_OPTIONS",
                                      "BASH_FUNC_x",
                                      "SSH_ASKPASS",
                                      "fpath",
                                      "fish_function_path",
                                      "NU_LIB_DIRS",
                                      "PSModulePath",
                                      "npm_config_script_shell",
                                      "DOTNET_STARTUP_HOOKS",
                                      "UID",
                                      "GIT_SSH_COMMAND",
                                      "HTTPS_PROXY",
                                      "https_proxy",
                                      "EDITOR",
                                      "MCPCRED_KEY_FILE",
                                      "ComSpec",
                                      "PATHEXT"})
    CHECK(is_dangerous_name(name));
  for (const std::string_view name :
       {"GITHUB_TOKEN", "DATABASE_URL", "KUBECONFIG", "GITLAB_TOKEN", "PATHS", "NODE_AUTH_TOKEN", "NPM_TOKEN",
        "HF_TOKEN", "CARGO_REGISTRY_TOKEN", "AWS_SECRET_ACCESS_KEY", "RUBYGEMS_API_KEY"})
    CHECK_FALSE(is_dangerous_name(name));
}

}  // namespace mcpcred::test
