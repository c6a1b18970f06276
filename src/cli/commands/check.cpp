#include <algorithm>

#include "cli/agent_markers.h"
#include "cli/command.h"
#include "cli/commands/check_report.h"
#include "cli/output.h"
#include "cli/target.h"
#include "mcpcred/review.h"

namespace mcpcred::cli {
namespace {

struct CheckOptions {
  std::vector<std::string> servers;
  std::string fail_on = "error";
  std::string format = "text";
  bool read = false;
  bool shell = false;
};

Result<std::vector<std::string>> named_servers(Context& context, const CheckOptions& options) {
  std::vector<std::string> ids;
  for (const std::string& word : options.servers) {
    MCPCRED_TRY(target, resolve_target(context, word));
    if (!target.server)
      return fail(ErrorCode::kInvalidInput, target.label() + " belongs to no server",
                  "all that is stored: mcpcred check");
    ids.push_back(target.server->id.str());
  }
  return ids;
}

// The environment has no registry: all that the named servers need is looked at directly; without names, all that the
// servers need of which something is set.
Result<CheckReport> check_environment(Context& context, const ReviewRequest& request, bool shell) {
  MCPCRED_TRY(store, context.store());
  MCPCRED_TRY(catalog, context.catalog());
  std::vector<std::string> servers = request.servers;
  if (servers.empty()) {
    MCPCRED_TRY(listed, store->list());
    for (const EntryKey& key : listed)
      if (auto id = catalog->server_of(key.variable());
          id && std::find(servers.begin(), servers.end(), *id) == servers.end())
        servers.push_back(std::move(*id));
  }
  std::vector<EntryKey> keys;
  for (const std::string& id : servers) {
    MCPCRED_TRY(server, resolve_server(context, id));
    for (const CatalogVariable& variable : server.variables) {
      const auto name = VariableName::parse(variable.name);
      if (!name) continue;
      const EntryKey key(*name);
      MCPCRED_TRY(value, store->get(key));
      if (variable.required || value) keys.push_back(key);
    }
  }
  MCPCRED_TRY(values, store->get_many(keys));
  CheckReport report{review_values(*catalog, request, keys, values), {}, "env", true};
  // The store is this environment: nothing in it differs from itself.
  if (shell) compare_with_environment(context, {}, report);
  return report;
}

Result<void> read_values(Context& context, const Registry& registry, bool shell, CheckReport& report) {
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(catalog, context.catalog());
  std::vector<EntryKey> keys{EntryKey::keys()};
  std::vector<std::pair<ReviewItem*, const Credential*>> wanted;  // nullptr: another program's
  for (ReviewItem& item : report.items) {
    const auto variable = VariableName::parse(item.variable);
    const auto account = AccountName::parse(item.account);
    const Credential* credential = variable && account ? registry.find(EntryKey(*variable, *account)) : nullptr;
    const bool ours = credential != nullptr && credential->store == report.store;
    if (!variable || !account || (!ours && item.stored)) continue;
    if (!ours && item.state == CredentialState::kMissing) continue;
    keys.emplace_back(*variable, *account);
    wanted.emplace_back(&item, ours ? credential : nullptr);
  }
  MCPCRED_TRY(values, credentials->load_many(registry, keys));
  report.values_read = true;
  if (shell) {
    StoredValues by_item;
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (values[i + 1]) by_item.emplace(wanted[i].first, &*values[i + 1]);
    compare_with_environment(context, by_item, report);
  }
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i].second == nullptr && values[i + 1])
      review_outside_value(*wanted[i].first, *catalog, context.now(), *values[i + 1]);
  if (!values.front()) {
    // Without a registry there is nothing that our keys would have to prove.
    if (registry.credentials.empty() && registry.trust_mac.empty()) return {};
    return fail(ErrorCode::kTampered, "the store's own keys are gone", "mcpcred vault status");
  }
  MCPCRED_TRY(own, StoreKeys::from_text(values.front()->reveal()));
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (wanted[i].second != nullptr) review_value(*wanted[i].first, *wanted[i].second, *catalog, own, values[i + 1]);
  if (auto genuine = registry.verify_trust(own); !genuine)
    report.findings.push_back(
        {"trust_broken", Severity::kError, genuine.error().message, "mcpcred policy bound, at a terminal"});
  return {};
}

// The vault as far as that needs no person: is it there, whole, the newest, private, and does its key file work.
Result<void> add_vault_findings(Context& context, CheckReport& report) {
  const auto note = [&](const Error& error) {
    report.findings.push_back({std::string(error_info(error.code).name), Severity::kError, error.message, error.hint});
  };
  MCPCRED_TRY(vault, context.vault());
  const auto status = vault->status();
  if (!status) {
    note(status.error());
  } else if (!status->initialised) {
    note({ErrorCode::kStoreUnavailable, "the vault is gone from its folder", "put vault.age back from a backup", 0});
  } else if (!status->key_file_problem.empty()) {
    note({ErrorCode::kUnsafePermissions, "the key file cannot be used: " + status->key_file_problem,
          "mcpcred vault status", 0});
  }
  return {};
}

// A store of the system also holds what the guide's commands put there.
void add_outside_items(Context& context, ReviewRequest& request, CheckReport& report) {
  auto outside = context.look_around();
  if (outside) {
    request.outside = std::move(*outside);
  } else {
    // A locked keyring hides what others stored; of ours the registry knows.
    const bool locked = outside.error().code == ErrorCode::kLocked;
    report.findings.push_back({std::string(error_info(outside.error().code).name),
                               locked ? Severity::kWarning : Severity::kError, outside.error().message,
                               outside.error().hint});
  }
}

// A move that was killed after its decisive step leaves copies in the old store.
void add_move_finding(const Registry& registry, CheckReport& report) {
  if (registry.moved_from.empty()) return;
  report.findings.push_back({"move_unfinished", Severity::kWarning,
                             "values that were moved may still lie in the old store, " + registry.moved_from,
                             "mcpcred move --to " + registry.pinned_store});
}

Result<void> add_common_findings(Context& context, CheckReport& report) {
  if (report.store == "vault") MCPCRED_CHECK(add_vault_findings(context, report));
  MCPCRED_TRY(catalog, context.catalog());
  for (const CatalogProblem& problem : catalog->problems())
    report.findings.push_back(
        {"catalog_file",
         Severity::kWarning,
         problem.file + (problem.line != 0 ? ":" + std::to_string(problem.line) : "") + ": " + problem.reason,
         {}});
  return {};
}

Result<CheckReport> make_report(Context& context, const CheckOptions& options) {
  MCPCRED_TRY(servers, named_servers(context, options));
  ReviewRequest request{.servers = servers, .now = context.now()};
  if (context.options.account != "default") {
    MCPCRED_TRY(account, context.account());
    request.account = account.str();
  }
  const auto store = context.store_name();
  if (!store && store.error().code != ErrorCode::kStoreUnavailable) return Unexpected(store.error());
  if (store && **store == "env") {
    request.store = "env";
    return check_environment(context, request, options.shell);
  }
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_TRY(catalog, context.catalog());
  CheckReport report;
  report.store = store ? **store : "vault";
  request.store = report.store;
  if (store) add_outside_items(context, request, report);
  report.items = review_registry(*registry, *catalog, request);
  add_move_finding(*registry, report);
  if (store) MCPCRED_CHECK(add_common_findings(context, report));
  if ((options.read || options.shell) && !report.items.empty())
    MCPCRED_CHECK(read_values(context, *registry, options.shell, report));
  return report;
}

// A guess is stored easily, and then this would tell whether it was right.
void hide_equality(CheckReport& report) {
  for (ReviewItem& item : report.items)
    std::erase_if(item.findings, [](const ReviewFinding& finding) { return finding.code == "same_value"; });
}

// Whoever may ask whether a variable holds the stored value can try one guess after the other.
Result<void> allow_comparing(const Context& context) {
  const std::string marker = agent_marker(context.outside().environment);
  if (marker.empty()) return {};
  return fail(ErrorCode::kRefused,
              "this shell belongs to an AI agent (" + marker + "), which could try values against the stored ones",
              "without --shell it works here too: mcpcred check\nto compare: in a terminal of your own");
}

Result<int> run_check(Context& context, const CheckOptions& options) {
  if (options.shell) MCPCRED_CHECK(allow_comparing(context));
  MCPCRED_TRY(report, make_report(context, options));
  if (!may_tell_equality(context.outside().environment)) hide_equality(report);
  if (report.items.empty() && report.findings.empty())
    return fail(ErrorCode::kNotFound, "there is nothing to check", "store something first: mcpcred store github");
  if (context.options.json || options.format == "json")
    MCPCRED_CHECK(print_json(context.io(), check_facts(report, context)));
  else
    MCPCRED_CHECK(context.io().out(check_text(report, context, context.style(Output::kOut))));
  const Severity limit = options.fail_on == "warning" ? Severity::kWarning : Severity::kError;
  return report.worst() >= limit ? 1 : 0;
}

}  // namespace

Result<void> show_check(Context& context, const std::vector<std::string>& servers) {
  CheckOptions options;
  options.servers = servers;
  options.read = true;
  MCPCRED_TRY(report, make_report(context, options));
  if (!may_tell_equality(context.outside().environment)) hide_equality(report);
  context.io().err(check_text(report, context, context.style(Output::kErr)));
  return {};
}

Action declare_check(OptionSet& set) {
  auto options = std::make_shared<CheckOptions>();
  set.positionals("SERVER", options->servers, "also what these servers need; nothing: all that is stored",
                  WordKind::kServer);
  set.flag("--read", options->read, "open the values and compare them with what was stored");
  set.flag("--shell", options->shell,
           "open the values and say of each variable whether this environment has it: set, unset or different");
  set.choice("--fail-on", options->fail_on, {"error", "warning"}, "exit 1 from this severity on");
  set.choice("--format", options->format, {"text", "json"}, "for people or for scripts");
  set.example("mcpcred check", "one line for each credential; exit code 1 where one needs a hand");
  set.example("mcpcred check github --read", "looks at the stored value too");
  return [options](Context& context) { return run_check(context, *options); };
}

}  // namespace mcpcred::cli
