#include "cli/context.h"

#include "cli/agent_markers.h"
#include "core/encoding.h"
#include "platform/process.h"
#include "store/stores.h"

namespace mcpcred::cli {

Context::Context(Outside outside, GlobalOptions global) : options(std::move(global)), outside_(std::move(outside)) {}

Context::~Context() = default;

Result<Folders> Context::folders() {
  if (!folders_) {
    MCPCRED_TRY(found, find_folders(outside_.environment, options.data_dir));
    folders_ = std::move(found);
  }
  return *folders_;
}

Result<const Catalog*> Context::catalog() {
  if (!catalog_) {
    MCPCRED_TRY(places, folders());
    catalog_.emplace(places.config + "/servers");
  }
  return &*catalog_;
}

Result<const RegistryFile*> Context::registry_file() {
  if (!registry_file_) {
    MCPCRED_TRY(places, folders());
    registry_file_.emplace(places.state);
  }
  return &*registry_file_;
}

Result<const Registry*> Context::registry() {
  if (!registry_) {
    MCPCRED_TRY(file, registry_file());
    MCPCRED_TRY(loaded, file->load());
    registry_ = std::move(loaded);
  }
  return &*registry_;
}

Result<Vault*> Context::vault() {
  if (!vault_) {
    MCPCRED_TRY(places, folders());
    MCPCRED_TRY(known, registry());
    VaultOptions vault_options;
    vault_options.data_dir = places.data;
    vault_options.key_file = outside_.environment("MCPCRED_KEY_FILE").value_or("");
    vault_options.anchor = known->anchor.value_or(StoreAnchor{});
    if (may_ask_ && person().present()) {
      vault_options.ask_passphrase = [this] { return person().secret("Passphrase of the vault: ", 4096); };
    }
    vault_.emplace(std::move(vault_options));
  }
  return &*vault_;
}

LaunchPlace Context::launch_place() const {
  const auto folder = current_directory();
  return {outside_.environment("PATH").value_or("/usr/local/bin:/usr/bin:/bin"), folder ? *folder : std::string()};
}

void Context::say(std::string_view text) {
  if (!options.quiet) io().err(std::string(text) + "\n");
}

void Context::warn(std::string_view text) {
  const std::string line = "mcpcred: warning: " + std::string(text) + "\n";
  if (holds_warnings_)
    held_warnings_ += line;
  else
    io().err(line);
}

void Context::release_warnings() {
  holds_warnings_ = false;
  if (!held_warnings_.empty()) io().err(std::exchange(held_warnings_, {}));
}

void Context::hint(std::string_view text) {
  if (!options.quiet) io().err("mcpcred: hint: " + std::string(text) + "\n");
}

Result<bool> Context::confirm(const std::string& question) {
  if (options.yes) return true;
  if (!person().present())
    return fail(ErrorCode::kRefused, "this needs a yes, and nobody can be asked here", "add --yes");
  MCPCRED_TRY(answer, person().line(question + " [y/N] "));
  return answer == "y" || answer == "Y" || answer == "yes";
}

Result<void> Context::allow_reading() {
  const std::string marker = agent_marker(outside_.environment);
  if (marker.empty()) return {};
  const Error refusal{ErrorCode::kRefused,
                      "this shell belongs to an AI agent (" + marker + "), which would see the value",
                      may_ask_ ? "start the server with it: mcpcred run SERVER\nor read it in a terminal of your own"
                               : "a person at the terminal is asked by: mcpcred export",
                      0};
  if (!may_ask_ || !person().present()) return Unexpected(refusal);
  MCPCRED_TRY(answer, person().line("This shell belongs to an AI agent (" + marker +
                                    "), which would see the value.\nType yes to show it: "));
  return answer == "yes" ? Result<void>() : Unexpected(refusal);
}

Result<void> Context::require_presence(const std::string& question) {
  if (!person().present())
    return fail(ErrorCode::kRefused, "only a person at a terminal can allow this", "type the command in a terminal");
  MCPCRED_TRY(answer, person().line(question + "\nType yes to allow it: "));
  if (answer != "yes") return fail(ErrorCode::kDenied, "not allowed; nothing was changed");
  MCPCRED_TRY(opened, vault());
  if (!opened->initialised()) return {};
  MCPCRED_TRY(has_passphrase, opened->has_passphrase_slot());
  if (has_passphrase) {
    MCPCRED_TRY(passphrase, person().secret("Passphrase of the vault: ", 4096));
    return opened->check_passphrase(passphrase);
  }
  // Somebody may have moved the slot away. A vault that does not open cannot tell, and has nothing to give away either.
  MCPCRED_TRY(file, registry_file());
  const auto slotless = make_vault_store(*opened);
  const auto expected = Credentials(*file, *slotless, nullptr, now()).expects_passphrase();
  if (expected && *expected)
    return fail(ErrorCode::kTampered, "the vault has a passphrase, and its slot file is gone",
                "put slots/passphrase.age back into the vault's folder");
  return {};
}

}  // namespace mcpcred::cli
