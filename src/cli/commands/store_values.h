#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/target.h"

namespace mcpcred::cli {

struct StoreOptions {
  std::string target;
  bool from_stdin = false;
  bool exact = false;
  std::optional<std::string> from_env;
  std::optional<std::string> from_file;
  std::vector<std::string> set;
  std::optional<std::string> expires;
  bool replace = false;
};

/// Fills `request` with values and companions, from where the options say or from the person at the terminal, and asks
/// whether present ones may be replaced. Nothing is stored here.
Result<void> collect_values(Context& context, const Target& target, const StoreOptions& options,
                            const Registry& registry, Credentials& credentials, StoreRequest& request);

}  // namespace mcpcred::cli
