#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/posix_support.h"

namespace mcpcred {

Result<void> append_to_file(const std::string& path, std::string_view bytes) {
  const std::string what = "cannot write to " + printable(path);
  const Descriptor file(open(path.c_str(), O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file.valid()) return system_failure(what, errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return system_failure(what, errno);
  if (!S_ISREG(info.st_mode)) return fail(ErrorCode::kInvalidInput, printable(path) + " is no file");
  if (bytes.empty() || write_all(file.get(), bytes)) return {};
  const int number = errno;
  if (ftruncate(file.get(), info.st_size) != 0) return system_failure(what + ", and a part of it stayed there", number);
  return system_failure(what, number);
}

}  // namespace mcpcred
