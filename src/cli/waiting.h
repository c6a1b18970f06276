#pragma once

#include <memory>
#include <string>

#include "cli/io.h"
#include "cli/style.h"

namespace mcpcred::cli {

/// Says on stderr what is waited for, once that has taken 300 ms, and takes it back at the end. On a terminal only. A
/// thread of its own draws it, as the wait is inside of a library or of the system; nothing else may be printed or
/// asked meanwhile.
class Waiting {
 public:
  Waiting(Io& io, const Style& style, std::string what);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  struct Drawing;
  std::unique_ptr<Drawing> drawing_;
};

}  // namespace mcpcred::cli
