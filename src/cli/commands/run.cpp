#include <algorithm>

#include "cli/command.h"
#include "cli/target.h"
#include "core/hints.h"
#include "mcpcred/launch.h"
#include "platform/process.h"

namespace mcpcred::cli {
namespace {

struct RunOptions {
  std::string server;
  std::vector<std::string> command;
};

// mcpcred starting mcpcred would hand on what it was started with; a client's entry has no use for it.
Result<void> check_recursion(const LaunchPlan& plan) {
  if (plan.executable != own_executable() || plan.executable.empty()) return {};
  return fail(ErrorCode::kRefused, "mcpcred does not start itself with a credential",
              "give the server's own command behind --");
}

// From the store, or for --store env without registry and approvals.
Result<std::vector<std::optional<Secret>>> read_secrets(Context& context, const Registry& registry,
                                                        const LaunchPlan& plan) {
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(store, context.store());
  if (!store->traits().keeps_registry) return credentials->load_many(registry, plan.secrets);
  // A server of which nothing was ever stored has no approval either; what is missing first is the credential.
  const bool known = std::any_of(registry.credentials.begin(), registry.credentials.end(), [&](const Credential& c) {
    return std::find(plan.secrets.begin(), plan.secrets.end(), c.key()) != plan.secrets.end();
  });
  const bool approved =
      std::any_of(registry.trust.approvals.begin(), registry.trust.approvals.end(),
                  [&](const Approval& a) { return a.server == plan.server->id.str() && a.account == plan.account; });
  if (!known && !approved && !plan.secrets.empty()) {
    const EntryKey& first = plan.secrets.front();
    const Error not_stored{ErrorCode::kNotFound, first.variable() + " is not stored",
                           "mcpcred store " + plan.server->id.str() + account_option(plan.account), 0};
    // In a store of the system another program may have put it there.
    if (!store->traits().shared) return Unexpected(not_stored);
    MCPCRED_TRY(values, credentials->load_many(registry, {&first, 1}));
    if (!values.front()) return Unexpected(not_stored);
  }
  // First without a key, which may only refuse and asks nobody for a passphrase in vain.
  MCPCRED_CHECK(check_approval(plan, registry.trust));
  return credentials->release(registry, plan.secrets);
}

// What goes with the secrets: from the registry, or, where the environment is the store, from the environment too.
Result<Registry> launch_settings(Context& context, const CatalogServer& server, const AccountName& account) {
  MCPCRED_TRY(store, context.store());
  if (store->traits().keeps_registry) {
    MCPCRED_TRY(registry, context.registry());
    return *registry;
  }
  Registry registry;
  for (const Companion& companion : server.companions)
    if (auto value = context.outside().environment(companion.name); value && !companion.secret && !value->empty())
      registry.set_companion({server.id.str(), account.str(), companion.name, std::move(*value)});
  return registry;
}

Result<int> run_run(Context& context, const RunOptions& options) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(server, resolve_server(context, options.server));
  MCPCRED_TRY(settings, launch_settings(context, server, account));
  const Registry* registry = &settings;
  const LaunchPlace place = context.launch_place();
  MCPCRED_TRY(plan, plan_launch(server, account, *registry, options.command, place));
  MCPCRED_CHECK(check_recursion(plan));
  MCPCRED_TRY(secrets, read_secrets(context, *registry, plan));
  if (plan.executable.empty())
    return fail(ErrorCode::kCommandNotFound, plan.program + " is not on PATH", "install it, or name another command");
  MCPCRED_TRY(environment, build_environment(plan, *registry, secrets, context.outside().environment_entries));
  std::vector<std::string> argv{plan.program};
  argv.insert(argv.end(), plan.args.begin(), plan.args.end());
  context.end_waiting();
  return run_process(plan.executable, argv, environment);
}

}  // namespace

Action declare_run(OptionSet& set) {
  auto options = std::make_shared<RunOptions>();
  set.positional("SERVER", options->server, "whose credential it gets", true, WordKind::kServer);
  set.rest("COMMAND...", options->command, "the command in place of the catalog's own; it has to be approved");
  set.example("mcpcred run github", "the command of an entry in a client's config");
  set.example("mcpcred run github -- github-mcp-server stdio", "another command, once it is approved");
  return [options](Context& context) { return run_run(context, *options); };
}

}  // namespace mcpcred::cli
