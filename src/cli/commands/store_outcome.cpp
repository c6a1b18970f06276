#include "cli/commands/store_outcome.h"

#include <memory>

#include "cli/agent_markers.h"
#include "cli/output.h"
#include "core/hints.h"
#include "mcpcred/launch.h"

namespace mcpcred::cli {
namespace {

void set_approval(StoreRequest& request, const Context& context, const Target& target) {
  if (!target.server || target.server->launch.empty()) return;
  // The request may outlive the target, or see it moved.
  const auto server = std::make_shared<const CatalogServer>(*target.server);
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

// Shown under --quiet too: until a person has settled them, `run` starts nothing.
void warn_of_concerns(Context& context, const Target& target, const StoreOutcome& outcome) {
  if (outcome.concerns.empty()) return;
  for (const std::string& concern : outcome.concerns) context.warn(concern);
  context.io().err("mcpcred: hint: nothing is started with it before a person has looked: mcpcred approve " +
                   target.server->id.str() + account_option(context.options.account) + "\n");
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

}  // namespace

StoreRequest make_store_request(const Context& context, const Target& target, const AccountName& account) {
  StoreRequest request;
  request.account = account;
  request.server_secrets = target.server_secrets(account);
  if (!target.server) return request;
  request.server = target.server->id.str();
  for (const Companion& companion : target.server->companions)
    if (is_bound_companion(*target.server, companion)) request.bound_names.push_back(companion.name);
  set_approval(request, context, target);
  return request;
}

Result<StoreOutcome> store_one(Context& context, const Target& target, StoreRequest request) {
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_CHECK(settle_concerns(context, *credentials, *registry, request));
  context.waiting_for("storing");
  MCPCRED_TRY(outcome, credentials->store(std::move(request)));
  if (!may_tell_equality(context.outside().environment)) outcome.same_value_as.clear();
  warn_of_findings(context, outcome);
  warn_of_concerns(context, target, outcome);
  return std::move(outcome);
}

void tell_stored(Context& context, const Target& target, const StoreOutcome& outcome, std::string_view store_title) {
  for (const Credential& credential : outcome.stored) {
    const Schedule schedule =
        schedule_for(target.server ? &*target.server : nullptr, credential.stored, credential.expires);
    context.say(credential.variable.str() + " stored in " + std::string(store_title) + " · " + quality(credential) +
                (schedule.due ? " · rotate before " + format_date(*schedule.due) : ""));
  }
}

void tell_next_step(Context& context, const Target& target, const StoreOutcome& outcome) {
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

}  // namespace mcpcred::cli
