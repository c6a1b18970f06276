#include "unit/platform/helpers_windows.h"

#include <shellapi.h>

#include "platform/command_line_windows.h"
#include "platform/process.h"
#include "platform/windows_support.h"

using mcpcred::ErrorCode;
using mcpcred::run_process;
using mcpcred::Secret;

namespace {

std::vector<Secret> entries(std::initializer_list<std::string_view> texts) {
  std::vector<Secret> list;
  for (const std::string_view text : texts) list.push_back(Secret::copy_of(text));
  return list;
}

// The child lies beside this program.
std::string print_process() {
  const std::string own = mcpcred::own_executable();
  return own.substr(0, own.find_last_of('/')) + "/print_process.exe";
}

// Runs a program with its standard output in a file.
std::string output_of(const std::string& program, std::vector<std::string> args, const std::vector<Secret>& environment,
                      int wanted = 0) {
  const test::TempFolder folder;
  const std::string path = folder.path() + "/out";
  args.insert(args.begin(), program);
  const HANDLE former = GetStdHandle(STD_OUTPUT_HANDLE);
  {
    const mcpcred::Handle file(CreateFileW(mcpcred::wide_path(path)->c_str(), GENERIC_WRITE, FILE_SHARE_READ, nullptr,
                                           CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    SetStdHandle(STD_OUTPUT_HANDLE, file.get());
    const auto code = run_process(program, args, environment);
    SetStdHandle(STD_OUTPUT_HANDLE, former);
    if (!code) return "(" + code.error().message + ")";
    CHECK(*code == wanted);
  }
  std::string text = test::read_text(path);
  std::erase(text, '\r');
  return text;
}

// Wine's programs need these to start, as Windows' do.
std::vector<Secret> with_system(std::initializer_list<std::string_view> texts) {
  std::vector<Secret> list = entries(texts);
  list.push_back(Secret::copy_of("SystemRoot=" + mcpcred::lookup_environment("SystemRoot").value_or("C:\\windows")));
  return list;
}

bool has_line(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

const std::vector<std::string> kHostile = {
    "",           " ",    "a b",       "\"",     "a\"b",   "\\",    "a\\", "a\\\\", "a b\\",         "a\\\"b",
    "\\\\srv\\x", "\\\"", "tab\there", "a\"\"b", "%PATH%", "^&|<>", "!x!", "'",     "J\xc3\xbcrgen", "\xf0\x9d\x84\x9e",
    "--x=y",      "*",    "?"};

}  // namespace

TEST_CASE("command line: every argument is read back as it was") {
  std::vector<std::string> argv = {"x"};
  argv.insert(argv.end(), kHostile.begin(), kHostile.end());
  const auto line = mcpcred::make_command_line("C:/some folder/x.exe", argv);
  REQUIRE(line);
  int count = 0;
  wchar_t** words = CommandLineToArgvW(mcpcred::widen(*line)->c_str(), &count);
  REQUIRE(count == static_cast<int>(argv.size()));
  CHECK(mcpcred::narrow(words[0]) == "C:\\some folder\\x.exe");
  for (int i = 1; i < count; ++i) CHECK(mcpcred::narrow(words[i]) == argv[static_cast<std::size_t>(i)]);
  LocalFree(words);
  CHECK(test::code_of(mcpcred::make_command_line("C:/x.exe", {"x", std::string(40000, 'x')})) == ErrorCode::kTooLarge);
}

TEST_CASE("command line: a batch file gets no argument that cmd.exe would act on") {
  for (const char* argument :
       {"a&b", "%PATH%", "a|b", "<x", ">x", "^", "!x!", "\"", "\" & x", "a\nb", "a\rb", "\x1a"}) {
    INFO(argument);
    CHECK(test::code_of(mcpcred::make_command_line("C:/x.cmd", {"x", argument})) == ErrorCode::kRefused);
    CHECK(test::code_of(mcpcred::make_command_line("C:/x.BAT", {"x", argument})) == ErrorCode::kRefused);
    CHECK(mcpcred::make_command_line("C:/x.exe", {"x", argument}));
  }
  CHECK(test::code_of(mcpcred::make_command_line("C:/a & b/x.cmd", {"x"})) == ErrorCode::kRefused);
  const auto line = mcpcred::make_command_line("C:/Program Files (x86)/npx.cmd", {"npx", "-y", "a b", "c\\"});
  REQUIRE(line);
  CHECK(line->ends_with(
      "\\cmd.exe\" /d /e:on /v:off /s /c \"\"C:\\Program Files (x86)\\npx.cmd\" \"-y\" \"a b\" \"c\\\\\"\""));
  CHECK(test::code_of(mcpcred::make_command_line("C:/x.cmd", {"x", std::string(9000, 'x')})) == ErrorCode::kTooLarge);
}

TEST_CASE("run_process: exactly this environment, these arguments, and the child's exit code") {
  std::vector<std::string> args = kHostile;
  args.insert(args.end(), {"--exit", "37"});
  SetEnvironmentVariableW(L"MCPCRED_TEST_CANARY", L"inherited");
  const std::string text = output_of(
      print_process(), args, with_system({"ZED=last", "a_token=J\xc3\xbcrgen \xf0\x9d\x84\x9e", "B=with = in it"}), 37);
  INFO(text);
  for (const std::string& arg : args) CHECK(has_line(text, "arg:" + arg));
  CHECK(has_line(text, "env:a_token=J\xc3\xbcrgen \xf0\x9d\x84\x9e"));
  CHECK(has_line(text, "env:B=with = in it"));
  CHECK(text.find("env:a_token") < text.find("env:ZED"));
  CHECK(text.find("MCPCRED_TEST_CANARY") == std::string::npos);
  CHECK(mcpcred::lookup_environment("mcpcred_test_canary") == "inherited");
  SetEnvironmentVariableW(L"MCPCRED_TEST_CANARY", nullptr);
}

TEST_CASE("run_process: a batch file by cmd.exe, with its arguments as they are") {
  const test::TempFolder folder;
  const std::string batch = folder.path() + "/my tool.cmd";
  test::write_text(batch, "@\"" + print_process() + "\" %*\r\n@exit /b 5\r\n");
  const std::string text = output_of(batch, {"-y", "a b", "@scope/x@latest", "Authorization:${X}", "a,b;c=d"},
                                     with_system({"A_TOKEN=made-up"}), 5);
  INFO(text);
  for (const char* arg : {"-y", "a b", "@scope/x@latest", "Authorization:${X}", "a,b;c=d"})
    CHECK(has_line(text, std::string("arg:") + arg));
  CHECK(has_line(text, "env:A_TOKEN=made-up"));
  CHECK(output_of(batch, {"a & b"}, with_system({})).find("batch file") != std::string::npos);
}

TEST_CASE("run_process tells why a program cannot be started") {
  const test::TempFolder folder;
  test::write_text(folder.path() + "/text.exe", "this is no program");
  CHECK(test::code_of(run_process(folder.path() + "/absent.exe", {"x"}, {})) == ErrorCode::kCommandNotFound);
  CHECK(test::code_of(run_process(folder.path() + "/text.exe", {"x"}, {})) == ErrorCode::kNotExecutable);
  const std::string child = print_process();
  CHECK(test::code_of(run_process(child, {"x"}, entries({"NO_EQUALS"}))) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(run_process(child, {"x"}, entries({"=x"}))) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(run_process(child, {"x"}, entries({"A=\xff"}))) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(run_process(child, {"x"}, entries({std::string_view("A=b\0c", 5)}))) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(run_process(child, {"x"}, entries({"A=" + std::string(40000, 'x')}))) == ErrorCode::kTooLarge);
  CHECK(test::code_of(run_process(child, {"x", "\xff"}, {})) == ErrorCode::kInvalidInput);
}

TEST_CASE("the system tells who we are") {
  CHECK(mcpcred::own_executable().ends_with("test_unit.platform.exe"));
  CHECK_FALSE(mcpcred::login_name()->empty());
  CHECK_FALSE(mcpcred::current_directory()->empty());
  CHECK(mcpcred::environment_key("Path") == "PATH");
  for (const std::string_view entry : mcpcred::environment_entries()) CHECK_FALSE(entry.starts_with('='));
}
