#include <cerrno>

#include "catch.h"
#include "mcpcred/error.h"

using mcpcred::Error;
using mcpcred::ErrorCode;

TEST_CASE("a failed system call is told with the system's text and number") {
  const Error full = mcpcred::system_error("cannot write vault.age", ENOSPC);
  CHECK(full.code == ErrorCode::kIo);
  CHECK(full.native == ENOSPC);
  CHECK(full.message.find("cannot write vault.age: ") == 0);
  CHECK(full.message.find('\n') == std::string::npos);
  CHECK(full.hint.find("disk space") != std::string::npos);

  CHECK_FALSE(mcpcred::system_error("x", EACCES).hint.empty());
  CHECK(mcpcred::system_error("x", EIO).hint.empty());
}
