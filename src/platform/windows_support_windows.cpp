#include "platform/windows_support.h"

#include <algorithm>

#include "core/encoding.h"

namespace mcpcred {
namespace {

constexpr std::size_t kOldPathLimit = 240;  // 260 less what is put behind it: temp names, "\slots\..."
constexpr std::wstring_view kLongPrefix = L"\\\\?\\";
constexpr std::wstring_view kLongNetworkPrefix = L"\\\\?\\UNC\\";

}  // namespace

std::optional<std::wstring> widen(std::string_view text) {
  if (text.empty()) return std::wstring();
  const int size = static_cast<int>(text.size());
  const int units = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), size, nullptr, 0);
  if (units <= 0) return std::nullopt;
  std::wstring wide(static_cast<std::size_t>(units), L'\0');
  MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text.data(), size, wide.data(), units);
  return wide;
}

std::string narrow(std::wstring_view text) {
  if (text.empty()) return {};
  const int size = static_cast<int>(text.size());
  const int bytes = WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
  std::string utf8(static_cast<std::size_t>(std::max(bytes, 0)), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), size, utf8.data(), bytes, nullptr, nullptr);
  return utf8;
}

Result<std::wstring> wide_path(const std::string& path) {
  std::optional<std::wstring> wide = widen(path);
  if (!wide || wide->empty() || wide->find(L'\0') != std::wstring::npos)
    return fail(ErrorCode::kInvalidInput, "that is no path: '" + printable(path) + "'");
  std::replace(wide->begin(), wide->end(), L'/', L'\\');
  if (wide->size() < kOldPathLimit || wide->starts_with(kLongPrefix)) return std::move(*wide);
  wchar_t full[32768];
  const DWORD size = GetFullPathNameW(wide->c_str(), static_cast<DWORD>(std::size(full)), full, nullptr);
  if (size == 0 || size >= std::size(full))
    return system_failure("cannot use the path " + printable(path), GetLastError());
  const std::wstring_view absolute(full, size);
  if (absolute.starts_with(L"\\\\")) return std::wstring(kLongNetworkPrefix).append(absolute.substr(2));
  return std::wstring(kLongPrefix).append(absolute);
}

std::string path_from_wide(std::wstring_view path) {
  std::string text;
  if (path.starts_with(kLongNetworkPrefix)) {
    text = "//" + narrow(path.substr(kLongNetworkPrefix.size()));
  } else {
    text = narrow(path.starts_with(kLongPrefix) ? path.substr(kLongPrefix.size()) : path);
  }
  std::replace(text.begin(), text.end(), '\\', '/');
  return text;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  if (slash == std::string::npos) return ".";
  // "C:/x" lies in "C:/"; "C:" alone would be that drive's current folder.
  return slash == 0 || path[slash - 1] == ':' ? path.substr(0, slash + 1) : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

Result<std::string> full_path(const std::string& path) {
  MCPCRED_TRY(wide, wide_path(path));
  wchar_t full[32768];
  const DWORD size = GetFullPathNameW(wide.c_str(), static_cast<DWORD>(std::size(full)), full, nullptr);
  if (size == 0 || size >= std::size(full))
    return system_failure("cannot use the path " + printable(path), GetLastError());
  return path_from_wide({full, size});
}

}  // namespace mcpcred
