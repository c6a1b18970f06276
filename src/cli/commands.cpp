#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "cli/command.h"

namespace mcpcred::cli {
namespace {

constexpr auto kCommands = std::to_array<Command>({
    {"setup", "from nothing to stored credentials, step by step", declare_setup},
    {"store", "put a credential into the store", declare_store},
    {"import", "the variables of a dotenv or JSON file into the store", declare_import},
    {"load", "print one value", declare_load},
    {"list", "what is stored, how old, due when; never a value", declare_list},
    {"delete", "remove a credential", declare_delete},
    {"export", "code for a shell that sets what is stored", declare_export},
    {"shell install", "have a shell load what is stored when it starts", declare_shell_install},
    {"shell uninstall", "end that, with every byte of the file as it was", declare_shell_uninstall},
    {"run", "start a server with its credential, in that process alone", declare_run},
    {"approve", "allow a command line to receive a credential", declare_approve},
    {"move", "everything to another store", declare_move},
    {"policy", "how launches are bound: bound, strict or open", declare_policy},
    {"check", "whether every credential is present, well-formed and not due", declare_check},
    {"catalog list", "the servers known", declare_catalog_list},
    {"catalog show", "what is known of one server", declare_catalog_show},
    {"vault init", "make the encrypted vault", declare_vault_init},
    {"vault unlock", "keep the vault open for this shell for a while", declare_vault_unlock},
    {"vault lock", "end that", declare_vault_lock},
    {"vault status", "where the vault is and what opens it", declare_vault_status},
    {"vault slot", "add or remove a way to open the vault", declare_vault_slot},
    {"vault recipient", "age recipients that can read the vault in an emergency", declare_vault_recipient},
    {"vault recover", "go back to the previous generation of the vault", declare_vault_recover},
    {"completion", "the completion script of a shell", declare_completion},
});

// Other names of commands, as users of the guide's script and of the design notes know them.
constexpr auto kAliases = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"--check-credentials", "check"},
    {"check-credentials", "check"},
    {"lock", "vault lock"},
    {"status", "vault status"},
    {"unlock", "vault unlock"},
});

}  // namespace

std::span<const Command> all_commands() {
  return kCommands;
}

const Command* find_command(std::string_view name) {
  for (const auto& [alias, target] : kAliases)
    if (name == alias) name = target;
  for (const Command& command : kCommands)
    if (command.name == name) return &command;
  return nullptr;
}

bool is_family(std::string_view word) {
  return std::any_of(kCommands.begin(), kCommands.end(),
                     [&](const Command& command) { return command.name.starts_with(std::string(word) + " "); });
}

}  // namespace mcpcred::cli
