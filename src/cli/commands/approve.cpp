
#include "cli/command.h"
#include "cli/output.h"
#include "cli/target.h"
#include "core/encoding.h"
#include "mcpcred/launch.h"

namespace mcpcred::cli {
namespace {

struct ApproveOptions {
  std::string server;
  std::vector<std::string> command;
  bool list = false;
  bool remove = false;
};

std::string shown(const Approval& approval) {
  return shown_command(approval.executable.empty() ? approval.program : approval.executable, approval.args);
}

std::string shown_settings(const Approval& approval) {
  std::string text = approval.executable.empty() ? "  (not found yet)" : "";
  for (const auto& [name, value] : approval.hosts) text += "  " + name + "=" + printable(value);
  return text;
}

Result<int> list_approvals(Context& context) {
  MCPCRED_TRY(registry, context.registry());
  if (context.options.json) {
    Facts facts = {{"policy", policy_name(registry->trust.policy)}, {"approvals", Facts::list()}};
    for (const Approval& approval : registry->trust.approvals)
      facts["approvals"].push_back({{"server", approval.server},
                                    {"account", approval.account},
                                    {"catalog", approval.catalog},
                                    {"executable", approval.executable},
                                    {"args", approval.args},
                                    {"env", approval.env},
                                    {"hosts", approval.hosts},
                                    {"granted", format_timestamp(approval.granted)},
                                    {"by", approval.by}});
    MCPCRED_CHECK(print_json(context.io(), facts));
    return 0;
  }
  if (registry->trust.approvals.empty()) {
    context.say("nothing is approved yet; storing a server's credential approves its own command");
    return 0;
  }
  Table table({"SERVER", "ACCOUNT", "SINCE", "COMMAND"});
  for (const Approval& approval : registry->trust.approvals)
    table.add({approval.server, approval.account, shown_age(approval.granted, context.now()),
               shown(approval) + shown_settings(approval)});
  MCPCRED_CHECK(context.io().out(table.text(context.style(Output::kOut))));
  return 0;
}

Result<int> remove_approvals(Context& context, const ApproveOptions& options) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(credentials, context.credentials());
  std::size_t count = 0;
  const auto remove = [&](Registry& registry) -> Result<void> {
    count = std::erase_if(registry.trust.approvals, [&](const Approval& approval) {
      if (approval.server != options.server || approval.account != account.str()) return false;
      if (options.command.empty()) return true;
      const std::vector<std::string> args(options.command.begin() + 1, options.command.end());
      const bool program =
          approval.program == options.command.front() || approval.executable == options.command.front();
      return program && approval.args == args;
    });
    if (count == 0)
      return fail(ErrorCode::kNotFound, "no such command of that server is approved",
                  "what is: mcpcred approve --list");
    return {};
  };
  MCPCRED_CHECK(credentials->change_trust(remove, false));
  context.say("removed " + std::to_string(count) + (count == 1 ? " approval" : " approvals"));
  return 0;
}

std::string question(const LaunchPlan& plan, const Approval& approval) {
  std::string text = "Allow this command to receive the credential of " + plan.server->name + "?\n  " +
                     shown_command(plan.executable, plan.args) + "\n  it gets:";
  for (const std::string& name : approval.env) text += " " + name;
  for (const auto& [name, value] : approval.hosts) text += "\n  " + name + " is " + printable(value);
  if (plan.variant->mutable_package && (plan.catalog || plan.variant != &plan.server->launch.front()))
    text += "\n  note: " + plan.variant->command + " fetches this package by name; what runs can change";
  if (!plan.server->digest.empty()) text += "\n  note: this entry comes from your servers folder";
  return text;
}

// An approval is kept in plain text, and read by a person before a yes.
Result<void> check_words(const std::vector<std::string>& command) {
  for (const std::string& word : command) {
    if (looks_like_secret(word))
      return fail(ErrorCode::kInvalidInput, "an argument of that command looks like a secret",
                  "a secret reaches a server by its environment; leave it out of the command");
    if (printable(word) != word)
      return fail(ErrorCode::kInvalidInput, "that command has control characters or hidden text: " + printable(word),
                  "type it without them");
  }
  return {};
}

Result<int> run_approve(Context& context, const ApproveOptions& options) {
  if (options.list) return list_approvals(context);
  MCPCRED_CHECK(check_words(options.command));
  if (options.server.empty()) return fail(ErrorCode::kUsage, "which server?", "mcpcred approve --help");
  if (options.remove) return remove_approvals(context, options);
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(server, resolve_server(context, options.server));
  MCPCRED_TRY(registry, context.registry());
  const LaunchPlace place = context.launch_place();
  // Approving the catalog's own command anew binds it to what PATH has now.
  Registry fresh = *registry;
  std::erase_if(fresh.trust.approvals, [](const Approval& approval) { return approval.catalog; });
  MCPCRED_TRY(plan, plan_launch(server, account, fresh, options.command, place));
  if (plan.executable.empty())
    return fail(ErrorCode::kNotFound, plan.program + " is not on PATH",
                "install it, then: mcpcred approve " + options.server);
  MCPCRED_TRY(approval, make_approval(plan, registry->trust.policy, context.now(), "approve"));
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_CHECK(context.require_presence(question(plan, approval)));
  const std::size_t before = registry->trust.approvals.size();
  bool reset = false;
  const auto add = [&](Registry& changed) -> Result<void> {
    reset = changed.trust.approvals.size() < before;
    changed.trust.add(approval);
    return {};
  };
  MCPCRED_CHECK(credentials->change_trust(add, true));
  if (reset) context.warn("the other approvals carried no valid seal and were dropped");
  context.say("approved: " + shown_command(plan.executable, plan.args));
  return 0;
}

}  // namespace

Action declare_approve(OptionSet& set) {
  auto options = std::make_shared<ApproveOptions>();
  set.positional("SERVER", options->server, "whose credential the command may receive", false, WordKind::kServer);
  set.flag("--list", options->list, "what is approved");
  set.flag("--remove", options->remove, "take approvals back: of one command, or all of the server");
  set.rest("COMMAND...", options->command, "the exact command line; nothing: the catalog's own");
  set.example("mcpcred approve github -- github-mcp-server stdio", "lets this command line have GitHub's token");
  set.example("mcpcred approve --list", "which command lines may have which credential");
  return [options](Context& context) { return run_approve(context, *options); };
}

}  // namespace mcpcred::cli
