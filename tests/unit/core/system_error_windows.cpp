#include <windows.h>

#include "catch.h"
#include "mcpcred/error.h"

using mcpcred::Error;
using mcpcred::ErrorCode;

TEST_CASE("a failed system call is told with the system's text and number") {
  const Error full = mcpcred::system_error("cannot write vault.age", ERROR_DISK_FULL);
  CHECK(full.code == ErrorCode::kIo);
  CHECK(full.native == ERROR_DISK_FULL);
  CHECK(full.message.find("cannot write vault.age: ") == 0);
  CHECK(full.message.size() > 30);
  CHECK(full.message.find_first_of("\r\n") == std::string::npos);
  CHECK(full.hint.find("disk space") != std::string::npos);

  CHECK_FALSE(mcpcred::system_error("x", ERROR_ACCESS_DENIED).hint.empty());
  CHECK(mcpcred::system_error("x", ERROR_INVALID_HANDLE).hint.empty());
}
