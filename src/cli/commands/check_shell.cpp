#include "cli/commands/check_report.h"

namespace mcpcred::cli {
namespace {

std::string state_in(Context& context, const ReviewItem& item, const Secret* stored) {
  std::optional<std::string> text = context.outside().environment(item.variable);
  if (!text) return "unset";
  const bool equal = stored == nullptr || stored->reveal() == *text;
  wipe(text->data(), text->size());
  return equal ? "set" : "different";
}

}  // namespace

void compare_with_environment(Context& context, const StoredValues& values, CheckReport& report) {
  report.shell.assign(report.items.size(), std::string());
  for (std::size_t i = 0; i < report.items.size(); ++i) {
    ReviewItem& item = report.items[i];
    // Variables of other accounts have the same names; a shell can hold one of them.
    if (item.account != context.options.account) continue;
    const auto at = values.find(&item);
    const Secret* stored = at == values.end() ? nullptr : at->second;
    report.shell[i] = state_in(context, item, stored);
    if (report.shell[i] == "unset" && stored != nullptr)
      item.findings.push_back({"shell_unset", Severity::kWarning, "this environment does not have it",
                               "eval \"$(mcpcred export)\", or start the server with mcpcred run"});
    if (report.shell[i] == "different")
      item.findings.push_back({std::string(kShellDifferent), Severity::kError,
                               "this environment has another value than the store",
                               "a new shell has the stored one; an older export or a .env file may be in the way"});
  }
}

}  // namespace mcpcred::cli
