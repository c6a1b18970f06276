#include <windows.h>

#include <shellapi.h>

#include <cstdio>
#include <cstdlib>
#include <string>

// The child that tests start: prints its arguments and its environment in UTF-8, one a line, and what it reads from
// standard input; `--exit N` is its exit code, `--read` makes it read.
namespace {

void print(const char* kind, const wchar_t* text) {
  std::string utf8(4 * std::wstring(text).size() + 1, '\0');
  const int size =
      WideCharToMultiByte(CP_UTF8, 0, text, -1, utf8.data(), static_cast<int>(utf8.size()), nullptr, nullptr);
  std::printf("%s:%s\n", kind, size > 0 ? utf8.c_str() : "?");
}

}  // namespace

int main() {
  int count = 0;
  wchar_t** words = CommandLineToArgvW(GetCommandLineW(), &count);
  int code = 0;
  for (int i = 1; i < count; ++i) {
    const std::wstring word = words[i];
    if (word == L"--exit" && i + 1 < count) code = static_cast<int>(wcstol(words[i + 1], nullptr, 10));
    print("arg", words[i]);
    if (word != L"--read") continue;
    char line[256];
    std::printf("read:%s", std::fgets(line, sizeof line, stdin) != nullptr ? line : "\n");
  }
  wchar_t* block = GetEnvironmentStringsW();
  for (const wchar_t* entry = block; *entry != L'\0'; entry += std::wstring(entry).size() + 1) print("env", entry);
  return code;
}
