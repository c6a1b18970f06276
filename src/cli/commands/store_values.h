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
  bool introduced = false;  ///< the person knows already what is asked for, and where it is made
};

/// `value` as the setting `name` of the target's server, or why it cannot be: unknown, a secret, or not its pattern.
Result<CompanionValue> companion_value(const Target& target, const StoreRequest& request, const std::string& name,
                                       const std::string& value);

/// A value with what its text says about it; kInvalidInput where it is empty.
Result<NewValue> make_value(const Target& target, const VariableName& variable, Secret secret);

/// Fills `request` with values and companions, from where the options say or from the person at the terminal, and asks
/// whether present ones may be replaced. Nothing is stored here.
Result<void> collect_values(Context& context, const Target& target, const StoreOptions& options,
                            const Registry& registry, Credentials& credentials, StoreRequest& request);

}  // namespace mcpcred::cli
