#include <list>
#include <memory>

#include "platform/process.h"
#include "platform/windows_support.h"

namespace mcpcred {

std::optional<std::string> lookup_environment(std::string_view name) {
  const auto wide = widen(name);
  if (!wide || name.empty() || name.find_first_of(std::string_view("=\0", 2)) != std::string_view::npos)
    return std::nullopt;
  std::wstring value(256, L'\0');
  for (;;) {
    SetLastError(ERROR_SUCCESS);
    const DWORD size = GetEnvironmentVariableW(wide->c_str(), value.data(), static_cast<DWORD>(value.size()));
    if (size == 0 && GetLastError() != ERROR_SUCCESS) return std::nullopt;
    if (size < value.size()) {
      std::string text = narrow({value.data(), size});
      wipe(value.data(), value.size() * sizeof(wchar_t));
      return text;
    }
    value.resize(size);
  }
}

std::string environment_key(std::string_view name) {
  std::string key(name);
  for (char& c : key)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return key;
}

std::vector<std::string_view> environment_entries() {
  static std::list<std::string> texts;  // the answer points into it for as long as we run
  const std::unique_ptr<wchar_t, decltype(&FreeEnvironmentStringsW)> block(GetEnvironmentStringsW(),
                                                                           FreeEnvironmentStringsW);
  std::vector<std::string_view> entries;
  for (const wchar_t* entry = block.get(); entry != nullptr && *entry != L'\0';) {
    const std::wstring_view text(entry);
    entry += text.size() + 1;
    // "=C:=C:\x" is the command prompt's current folder of a drive.
    if (!text.starts_with(L'=')) entries.push_back(texts.emplace_back(narrow(text)));
  }
  return entries;
}

}  // namespace mcpcred
