#include <cstdlib>

#include "platform/process.h"

extern "C" char** environ;  // NOLINT(readability-redundant-declaration): not declared on every system

namespace mcpcred {

std::optional<std::string> lookup_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

std::string environment_key(std::string_view name) {
  return std::string(name);
}

std::vector<std::string_view> environment_entries() {
  std::vector<std::string_view> entries;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) entries.emplace_back(*entry);
  return entries;
}

}  // namespace mcpcred
