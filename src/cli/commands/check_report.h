#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "cli/facts.h"
#include "cli/style.h"
#include "mcpcred/review.h"

namespace mcpcred::cli {

/// What `check` found.
struct CheckReport {
  std::vector<ReviewItem> items{};
  std::vector<ReviewFinding> findings{};  ///< of the whole
  std::string store{};
  bool values_read = false;
  std::vector<std::string> shell{};  ///< one an item, where it was asked for: "set", "unset", "different" or nothing

  Severity worst() const;
};

std::string check_text(const CheckReport& report, const Context& context, const Style& style);
Facts check_facts(const CheckReport& report, const Context& context);

/// What `check --read` says of these servers, on standard error.
Result<void> show_check(Context& context, const std::vector<std::string>& servers);

/// The values at hand, by the items of the report that they belong to.
using StoredValues = std::map<const ReviewItem*, const Secret*>;

/// Code of the finding that this environment has another value than the store.
inline constexpr std::string_view kShellDifferent = "shell_different";

/// Fills `shell` and adds what follows from it: an unset variable is a warning, another value an error. Looks at the
/// account that this command is for. Without a stored value a variable is set or unset.
void compare_with_environment(Context& context, const StoredValues& values, CheckReport& report);

}  // namespace mcpcred::cli
