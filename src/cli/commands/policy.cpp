
#include "cli/command.h"
#include "cli/output.h"

namespace mcpcred::cli {
namespace {

struct PolicyOptions {
  std::string policy;
};

std::string_view meaning(Policy policy) {
  switch (policy) {
    case Policy::kBound:
      return "a credential goes only to the command line that was approved";
    case Policy::kStrict:
      return "and only while the program's bytes and the folder are the approved ones, in fixed versions";
    case Policy::kOpen:
      return "a credential goes to any command that asks for it";
  }
  return {};
}

Result<int> run_policy(Context& context, const PolicyOptions& options) {
  MCPCRED_TRY(registry, context.registry());
  if (options.policy.empty()) {
    const Policy policy = registry->trust.policy;
    if (context.options.json)
      MCPCRED_CHECK(
          print_json(context.io(), {{"policy", policy_name(policy)}, {"approvals", registry->trust.approvals.size()}}));
    else
      MCPCRED_CHECK(context.io().out(std::string(policy_name(policy)) + ": " + std::string(meaning(policy)) + "\n"));
    return 0;
  }
  const auto wanted = policy_from_name(options.policy);
  if (!wanted) return fail(ErrorCode::kUsage, "the policies are bound, strict and open", "mcpcred policy --help");
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_CHECK(context.require_presence("Policy " + options.policy + ": " + std::string(meaning(*wanted)) + "."));
  bool reset = false;
  const auto set = [&](Registry& changed) -> Result<void> {
    reset = changed.trust.approvals.size() < registry->trust.approvals.size();
    changed.trust.policy = *wanted;
    return {};
  };
  MCPCRED_CHECK(credentials->change_trust(set, true));
  if (reset) context.warn("the approvals carried no valid seal and were dropped; approve anew: mcpcred approve SERVER");
  context.say("policy " + options.policy);
  return 0;
}

}  // namespace

Action declare_policy(OptionSet& set) {
  auto options = std::make_shared<PolicyOptions>();
  set.positional("POLICY", options->policy, "bound, strict or open; nothing: show it", false,
                 {"bound", "strict", "open"});
  return [options](Context& context) { return run_policy(context, *options); };
}

}  // namespace mcpcred::cli
