#pragma once

#include <algorithm>

#include "unit/launch/support.h"

namespace mcpcred::test {

inline std::vector<std::string> texts(const std::vector<Secret>& entries) {
  std::vector<std::string> list;
  for (const Secret& entry : entries) list.emplace_back(entry.reveal());
  return list;
}

inline bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

inline bool names(const std::vector<std::string>& list, const std::string& name) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) { return entry.starts_with(name + "="); });
}

/// The environment of a server that is started.
struct Child {
  Programs programs;
  CatalogServer server;
  Registry registry;
  std::vector<std::string> command;

  explicit Child(std::string_view id) : server(built_in(id)) {
    for (const char* program : {"docker", "npx", "uvx"}) programs.add(program);
  }
  Result<std::vector<Secret>> environment(std::vector<std::optional<std::string_view>> values,
                                          std::vector<std::string_view> inherited = {}) {
    auto plan = plan_launch(server, account(), registry, command, programs.place());
    REQUIRE(plan);
    REQUIRE(plan->secrets.size() == values.size());
    std::vector<std::optional<Secret>> secrets;
    for (const auto& value : values)
      secrets.push_back(value ? std::optional<Secret>(Secret::copy_of(*value)) : std::nullopt);
    return build_environment(*plan, registry, secrets, inherited);
  }
};

}  // namespace mcpcred::test
