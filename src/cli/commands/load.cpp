#include "cli/command.h"
#include "cli/near.h"
#include "cli/target.h"
#include "core/hints.h"

namespace mcpcred::cli {
namespace {

struct LoadOptions {
  std::string target;
};

Result<EntryKey> only_key(const Target& target, const AccountName& account) {
  if (target.variables.size() == 1) return EntryKey(target.variables.front(), account);
  std::string names;
  for (const VariableName& variable : target.variables) names += (names.empty() ? "" : " or ") + variable.str();
  return fail(ErrorCode::kUsage, target.label() + " has several variables", "say which: mcpcred load " + names);
}

Result<int> run_load(Context& context, const LoadOptions& options) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(target, resolve_target(context, options.target, Details::kNamesOnly));
  MCPCRED_TRY(key, only_key(target, account));
  MCPCRED_CHECK(context.allow_reading());
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.known());
  MCPCRED_TRY(values, credentials->load_many(*registry, {&key, 1}));
  if (!values.front())
    return fail(ErrorCode::kNotFound,
                key.variable() + " is not stored" + (account.is_default() ? "" : " for the account " + account.str()),
                near_stored_hint(*registry, key) + "mcpcred store " +
                    (target.server ? target.server->id.str() : key.variable()) + account_option(account.str()));
  Secret text = std::move(*values.front());
  if (context.io().stdout_is_terminal()) text.append("\n");
  MCPCRED_CHECK(context.io().out(text.reveal()));
  return 0;
}

}  // namespace

Action declare_load(OptionSet& set) {
  auto options = std::make_shared<LoadOptions>();
  set.positional("SERVER|VARIABLE", options->target, "whose value to print; with several variables the variable", true,
                 WordKind::kStoredWord);
  set.example("mcpcred load GITHUB_TOKEN", "prints the token; in the shell of an AI agent it refuses");
  return [options](Context& context) { return run_load(context, *options); };
}

}  // namespace mcpcred::cli
