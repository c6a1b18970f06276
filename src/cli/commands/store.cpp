#include "cli/command.h"
#include "cli/commands/store_outcome.h"
#include "cli/commands/store_values.h"
#include "cli/output.h"
#include "cli/target.h"

namespace mcpcred::cli {
namespace {

Result<int> run_store(Context& context, const StoreOptions& options) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(target, resolve_target(context, options.target));
  MCPCRED_TRY(store, context.store());
  MCPCRED_CHECK(check_put(store->traits(), Secret::copy_of("x")));  // a read-only store is told before a prompt
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.registry());

  StoreRequest request = make_store_request(context, target, account);
  MCPCRED_CHECK(collect_values(context, target, options, *registry, *credentials, request));
  MCPCRED_TRY(outcome, store_one(context, target, std::move(request)));
  if (context.options.json) {
    MCPCRED_CHECK(print_json(context.io(), json_of(outcome)));
    return 0;
  }
  tell_stored(context, target, outcome, store->traits().title);
  for (const std::string& setting : options.set) context.say(setting.substr(0, setting.find('=')) + " set");
  tell_next_step(context, target, outcome);
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
