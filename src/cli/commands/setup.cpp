#include "cli/commands/setup.h"

#include "cli/command.h"
#include "cli/output.h"
#include "core/hints.h"

namespace mcpcred::cli {
namespace {

Result<int> run_setup(Context& context, const SetupOptions& options) {
  if (!options.names.empty()) return set_up_from_names(context, options);
  if (options.from_stdin || options.from_env || options.replace)
    return fail(ErrorCode::kUsage, "--stdin, --from-env and --replace go with --names", "mcpcred setup --help");
  if (!context.person().present())
    return fail(ErrorCode::kUsage, "there is no terminal to answer at",
                "for scripts: mcpcred setup --names FILE --stdin, or --from-env");
  {
    // The vault may be made here; what follows has to look anew.
    Context first(context.outside(), context.options);
    MCPCRED_CHECK(set_up_store(first));
  }
  auto outcome = set_up_servers(context, options.servers);
  if (!outcome) {
    if (outcome.error().code == ErrorCode::kInterrupted) {
      outcome.error().message = "setup was stopped; what it stored before that stays";
      outcome.error().hint = "to go on: mcpcred setup" + account_option(context.options.account);
    }
    return Unexpected(std::move(outcome).error());
  }
  MCPCRED_CHECK(set_up_users(context, *outcome));
  if (context.options.json)
    MCPCRED_CHECK(print_json(context.io(), {{"stored", outcome->stored}, {"kept", outcome->skipped}}));
  return 0;
}

}  // namespace

Result<bool> agrees(Context& context, const std::string& question, bool usual) {
  while (true) {
    MCPCRED_TRY(answer, context.person().line(question + (usual ? " [Y/n] " : " [y/N] ")));
    if (answer.empty()) return usual;
    if (answer == "y" || answer == "Y" || answer == "yes") return true;
    if (answer == "n" || answer == "N" || answer == "no") return false;
  }
}

Action declare_setup(OptionSet& set) {
  auto options = std::make_shared<SetupOptions>();
  set.positionals("SERVER", options->servers, "the servers to set up; nothing: they are chosen from a list",
                  WordKind::kServer);
  set.text("--names", options->names, "FILE",
           "ask nobody: the servers or variables that stand in this file, one a line", WordKind::kFile);
  set.flag("--stdin", options->from_stdin, "with --names: their values come from standard input, one a line");
  set.flag("--from-env", options->from_env, "with --names: their values are the environment variables of these names");
  set.flag("--replace", options->replace, "with --names: put the new values in place of old ones");
  set.example("mcpcred setup", "asks for everything, step by step; it can be stopped and continued");
  set.example("mcpcred setup --names team.txt --from-env", "for scripts and machines that are set up alike");
  return [options](Context& context) { return run_setup(context, *options); };
}

}  // namespace mcpcred::cli
