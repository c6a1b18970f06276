#include <windows.h>

#include "mcpcred/error.h"

// `number` is one of GetLastError's. The system's text is asked for as UTF-16: in any other way it comes in the code
// page of the machine.
namespace mcpcred {
namespace {

constexpr DWORD kDiskQuotaExceeded = 1295;  // MinGW has no name for it

std::string text_of(DWORD number) {
  wchar_t wide[512];
  DWORD size =
      FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK,
                     nullptr, number, 0, wide, static_cast<DWORD>(std::size(wide)), nullptr);
  while (size > 0 && (wide[size - 1] <= L' ' || wide[size - 1] == L'.')) --size;
  char text[2048];
  const int bytes = WideCharToMultiByte(CP_UTF8, 0, wide, static_cast<int>(size), text, static_cast<int>(sizeof text),
                                        nullptr, nullptr);
  if (bytes <= 0) return "system error " + std::to_string(number);
  return {text, static_cast<std::size_t>(bytes)};
}

}  // namespace

Error system_error(std::string_view what, int number) {
  Error error;
  error.code = ErrorCode::kIo;
  error.native = number;
  error.message = std::string(what) + ": " + text_of(static_cast<DWORD>(number));
  switch (static_cast<DWORD>(number)) {
    case ERROR_DISK_FULL:
    case ERROR_HANDLE_DISK_FULL:
    case kDiskQuotaExceeded:
      error.hint = "free some disk space and try again";
      break;
    case ERROR_WRITE_PROTECT:
      error.hint = "the disk is write-protected";
      break;
    case ERROR_ACCESS_DENIED:
      error.hint = "look at who may use that path with icacls";
      break;
    default:
      break;
  }
  return error;
}

}  // namespace mcpcred
