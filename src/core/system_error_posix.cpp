#include <cerrno>
#include <system_error>

#include "mcpcred/error.h"

namespace mcpcred {

Error system_error(std::string_view what, int number) {
  Error error;
  error.code = ErrorCode::kIo;
  error.native = number;
  error.message = std::string(what) + ": " + std::generic_category().message(number);
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      error.hint = "free some disk space and try again";
      break;
    case EROFS:
      error.hint = "the file system is mounted read-only";
      break;
    case EACCES:
    case EPERM:
      error.hint = "look at the owner and the mode of that path with ls -ld";
      break;
    default:
      break;
  }
  return error;
}

}  // namespace mcpcred
