#pragma once

#include <string>

namespace mcpcred {

/// What the user database says of this process's user; empty texts where it says nothing, and then maybe an errno.
struct PasswdEntry {
  std::string name;
  std::string home;
  int error = 0;
};
PasswdEntry passwd_entry();

}  // namespace mcpcred
