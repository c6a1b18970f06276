#include <array>

#include "cli/command.h"

namespace mcpcred::cli {
namespace {

constexpr auto kCommands = std::to_array<Command>({
    {"store", "put a credential into the store", declare_store},
    {"import", "the variables of a dotenv or JSON file into the store", declare_import},
    {"load", "print one value", declare_load},
    {"list", "what is stored, how old, due when; never a value", declare_list},
    {"delete", "remove a credential", declare_delete},
    {"export", "code for a shell that sets what is stored", declare_export},
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
});

}  // namespace

std::span<const Command> all_commands() {
  return kCommands;
}

}  // namespace mcpcred::cli
