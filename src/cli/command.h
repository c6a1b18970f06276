#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/context.h"
#include "cli/options.h"
#include "mcpcred/result.h"

namespace mcpcred::cli {

/// What a command does once its options are parsed; the value is the exit code.
using Action = std::function<Result<int>(Context&)>;

/// One subcommand. Its file holds an options struct, a `declare` that ties options to it, and a `run_x` that can be
/// tested without a parser.
struct Command {
  std::string_view name;  ///< one or two words: "store", "vault init"
  std::string_view summary;
  Action (*declare)(OptionSet&);
};

/// In the order of the help text.
std::span<const Command> all_commands();

/// By its name or another name that it goes by; nullptr where there is none.
const Command* find_command(std::string_view name);

/// True where commands of two words begin with this one: "vault".
bool is_family(std::string_view word);

/// The options that every command takes.
void declare_global(OptionSet& set, GlobalOptions& options);

Action declare_approve(OptionSet& options);
Action declare_catalog_list(OptionSet& options);
Action declare_catalog_show(OptionSet& options);
Action declare_check(OptionSet& options);
Action declare_completion(OptionSet& options);
Action declare_delete(OptionSet& options);
Action declare_export(OptionSet& options);
Action declare_import(OptionSet& options);
Action declare_list(OptionSet& options);
Action declare_load(OptionSet& options);
Action declare_move(OptionSet& options);
Action declare_policy(OptionSet& options);
Action declare_setup(OptionSet& options);
Action declare_run(OptionSet& options);
Action declare_shell_install(OptionSet& options);
Action declare_shell_uninstall(OptionSet& options);
Action declare_store(OptionSet& options);
Action declare_vault_init(OptionSet& options);
Action declare_vault_lock(OptionSet& options);
Action declare_vault_recipient(OptionSet& options);
Action declare_vault_recover(OptionSet& options);
Action declare_vault_slot(OptionSet& options);
Action declare_vault_status(OptionSet& options);
Action declare_vault_unlock(OptionSet& options);

}  // namespace mcpcred::cli
