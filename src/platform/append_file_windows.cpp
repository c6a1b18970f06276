#include "core/encoding.h"
#include "platform/file_windows.h"

namespace mcpcred {
namespace {

constexpr DWORD kMost = 1U << 30U;

bool write_at_end(HANDLE file, std::string_view bytes) {
  DWORD written = 0;
  return WriteFile(file, bytes.data(), static_cast<DWORD>(bytes.size()), &written, nullptr) && written == bytes.size();
}

}  // namespace

Result<void> append_to_file(const std::string& path, std::string_view bytes) {
  const std::string what = "cannot write to " + printable(path);
  if (bytes.size() > kMost) return fail(ErrorCode::kTooLarge, what + ": it is too much");
  MCPCRED_TRY(wide, wide_path(path));
  if (is_folder(wide)) return fail(ErrorCode::kInvalidInput, printable(path) + " is no file");
  const Handle file = open_existing(wide, GENERIC_READ | GENERIC_WRITE);
  if (!file.valid()) return system_failure(what, GetLastError());
  if (GetFileType(file.get()) != FILE_TYPE_DISK) return fail(ErrorCode::kInvalidInput, printable(path) + " is no file");
  LARGE_INTEGER end{};
  if (!SetFilePointerEx(file.get(), {}, &end, FILE_END)) return system_failure(what, GetLastError());
  if (bytes.empty() || write_at_end(file.get(), bytes)) return {};
  const DWORD number = GetLastError();
  if (!SetFilePointerEx(file.get(), end, nullptr, FILE_BEGIN) || !SetEndOfFile(file.get()))
    return system_failure(what + ", and a part of it stayed there", number);
  return system_failure(what, number);
}

}  // namespace mcpcred
