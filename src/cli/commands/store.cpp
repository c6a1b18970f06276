#include <algorithm>

#include "cli/command.h"
#include "cli/commands/store_values.h"
#include "cli/output.h"
#include "cli/target.h"
#include "core/encoding.h"
#include "core/hints.h"
#include "mcpcred/launch.h"

namespace mcpcred::cli {
namespace {

void set_approval(StoreRequest& request, const Context& context, const Target& target) {
  if (!target.server || target.server->launch.empty()) return;
  const CatalogServer* server = &*target.server;
  const LaunchPlace place = context.launch_place();
  const Timestamp now = context.now();
  request.approval = [=, account = request.account](const Registry& registry) -> Result<Approval> {
    // Bound to what PATH has now, not to an approval that is there already.
    Registry fresh = registry;
    fresh.trust.approvals.clear();
    auto plan = plan_launch(*server, account, fresh, {}, place);
    // Arguments are shown, not bound, for the catalog's command: companions may still be missing.
    CatalogServer without_args = *server;
    if (!plan) {
      for (LaunchVariant& variant : without_args.launch) variant.args.clear();
      plan = plan_launch(without_args, account, fresh, {}, place);
    }
    if (!plan) return Unexpected(std::move(plan).error());
    return make_approval(*plan, registry.trust.policy, now, "store");
  };
}

std::string quality(const Credential& credential) {
  switch (credential.verdict) {
    case FormatVerdict::kOk:
      return credential.kind + (credential.checksum ? ", checksum ok" : "");
    case FormatVerdict::kBadChecksum:
      return credential.kind + ", checksum does not fit";
    case FormatVerdict::kWrongKind:
    case FormatVerdict::kMalformed:
      return credential.kind.empty() ? "unknown kind" : credential.kind;
    case FormatVerdict::kUnknown:
      return "format not known";
  }
  return {};
}

void warn_of_findings(Context& context, const StoreOutcome& outcome) {
  for (const Credential& credential : outcome.stored) {
    const std::string& name = credential.variable.str();
    if (credential.verdict == FormatVerdict::kBadChecksum)
      context.warn(name + ": the checksum of this " + credential.kind + " does not fit; mistyped or cut?");
    if (credential.verdict == FormatVerdict::kWrongKind || credential.verdict == FormatVerdict::kMalformed)
      context.warn(name + ": " +
                   (credential.note.empty() ? "this looks like no token of this provider" : credential.note));
    if (credential.verdict == FormatVerdict::kOk && !credential.note.empty())
      context.say(name + ": " + credential.note);
    if (credential.expires && *credential.expires <= context.today())
      context.warn(name + " ended on " + format_date(*credential.expires));
  }
  for (const std::string& other : outcome.same_value_as) context.warn("the same value is stored as " + other + " too");
}

void tell_outcome(Context& context, const Target& target, const StoreOptions& options, const StoreOutcome& outcome,
                  std::string_view store_title) {
  for (const Credential& credential : outcome.stored) {
    const Schedule schedule =
        schedule_for(target.server ? &*target.server : nullptr, credential.stored, credential.expires);
    context.say(credential.variable.str() + " stored in " + std::string(store_title) + " · " + quality(credential) +
                (schedule.due ? " · rotate before " + format_date(*schedule.due) : ""));
  }
  for (const std::string& setting : options.set) context.say(setting.substr(0, setting.find('=')) + " set");
  if (!target.server) return;
  const std::string& id = target.server->id.str();
  const std::string account = account_option(context.options.account);
  if (outcome.approval && outcome.approval->executable.empty()) {
    context.hint(outcome.approval->program + " is not on PATH; once it is installed: mcpcred approve " + id + account);
  } else if (outcome.approval && !outcome.stored.empty()) {
    context.say("may be received by: " + shown_command(outcome.approval->executable, outcome.approval->args));
    context.say("next: mcpcred check " + id + ", or start it: mcpcred run " + id + account);
  }
}

// Shown under --quiet too: until a person has settled them, `run` starts nothing.
void warn_of_concerns(Context& context, const Target& target, const StoreOutcome& outcome) {
  if (outcome.concerns.empty()) return;
  for (const std::string& concern : outcome.concerns) context.warn(concern);
  context.io().err("mcpcred: hint: nothing is started with it before a person has looked: mcpcred approve " +
                   target.server->id.str() + account_option(context.options.account) + "\n");
}

Facts json_of(const StoreOutcome& outcome) {
  Facts facts = {{"stored", Facts::list()}};
  for (const Credential& credential : outcome.stored)
    facts["stored"].push_back({{"variable", credential.variable.str()},
                               {"account", credential.account.str()},
                               {"store", credential.store},
                               {"kind", credential.kind},
                               {"format", verdict_name(credential.verdict)}});
  facts["same_value_as"] = outcome.same_value_as;
  facts["approved"] = outcome.approval.has_value();
  facts["concerns"] = outcome.concerns;
  return facts;
}

// One question for all that only a person may settle.
Result<void> settle_concerns(Context& context, Credentials& credentials, const Registry& registry,
                             StoreRequest& request) {
  if (!context.person().present()) return {};
  MCPCRED_TRY(concerns, credentials.concerns(registry, request));
  if (concerns.empty()) return {};
  std::string question = "Before " + request.server + " may be started with this:";
  for (const std::string& concern : concerns) question += "\n  " + concern;
  MCPCRED_CHECK(context.require_presence(question));
  request.confirmed = true;
  return {};
}

Result<int> run_store(Context& context, const StoreOptions& options) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(target, resolve_target(context, options.target));
  MCPCRED_TRY(store, context.store());
  MCPCRED_CHECK(check_put(store->traits(), Secret::copy_of("x")));  // a read-only store is told before a prompt
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.registry());

  StoreRequest request;
  request.account = account;
  request.server_secrets = target.server_secrets(account);
  if (target.server) {
    request.server = target.server->id.str();
    for (const Companion& companion : target.server->companions)
      if (is_bound_companion(*target.server, companion)) request.bound_names.push_back(companion.name);
  }
  MCPCRED_CHECK(collect_values(context, target, options, *registry, *credentials, request));
  set_approval(request, context, target);
  MCPCRED_CHECK(settle_concerns(context, *credentials, *registry, request));

  MCPCRED_TRY(outcome, credentials->store(std::move(request)));
  warn_of_findings(context, outcome);
  warn_of_concerns(context, target, outcome);
  if (context.options.json)
    MCPCRED_CHECK(print_json(context.io(), json_of(outcome)));
  else
    tell_outcome(context, target, options, outcome, store->traits().title);
  return 0;
}

}  // namespace

Action declare_store(OptionSet& set) {
  auto options = std::make_shared<StoreOptions>();
  set.positional("SERVER|VARIABLE", options->target,
                 "a server of the catalog, or any variable's name; $name for one in small letters", true,
                 WordKind::kStoreWord);
  set.flag("--stdin", options->from_stdin, "read the value from standard input; one line end at its end is dropped");
  set.flag("--exact", options->exact, "with --stdin or --from-file: keep every byte");
  set.text("--from-env", options->from_env, "VAR", "take the value of this environment variable",
           WordKind::kEnvironment);
  set.text("--from-file", options->from_file, "FILE", "take the content of this file", WordKind::kFile);
  set.texts("--set", options->set, "NAME=VALUE", "a setting that goes with the secret, such as an organization");
  set.text("--expires", options->expires, "DATE", "when it ends, as YEAR-MONTH-DAY");
  set.flag("--replace", options->replace, "put the new value in place of the old one without asking");
  set.on_extra_word({ErrorCode::kUsage, "a secret does not belong on the command line",
                     "other programs and the shell's history see it there\n"
                     "type it at the prompt, or pipe it in: mcpcred store SERVER --stdin < FILE",
                     0});
  set.example("mcpcred store github", "asks for the token without echo");
  set.example("pass show github | mcpcred store github --stdin --replace", "a new token from another program");
  return [options](Context& context) { return run_store(context, *options); };
}

}  // namespace mcpcred::cli
