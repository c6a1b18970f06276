#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mcpcred::test {

/// The stores whose contract this program runs. Each file says so for those that it tests, so that the list holds what
/// was built in here and nothing else.
inline std::vector<std::string>& tested_stores() {
  static std::vector<std::string> names;
  return names;
}

struct Tested {
  explicit Tested(std::string_view store) { tested_stores().emplace_back(store); }
};

}  // namespace mcpcred::test
