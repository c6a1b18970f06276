#include "cli/context.h"

#include "core/encoding.h"
#include "core/log.h"
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
    if (person().present()) {
      vault_options.ask_passphrase = [this] { return person().secret("Passphrase of the vault: ", 4096); };
    }
    vault_.emplace(std::move(vault_options));
  }
  return &*vault_;
}

Result<std::string> Context::chosen_store() {
  if (!options.store.empty()) return options.store;
  if (auto from_environment = outside_.environment("MCPCRED_STORE"); from_environment && !from_environment->empty())
    return *from_environment;
  MCPCRED_TRY(known, registry());
  if (!known->pinned_store.empty()) return known->pinned_store;
  MCPCRED_TRY(opened, vault());
  if (opened->initialised()) return std::string("vault");
  return fail(ErrorCode::kStoreUnavailable, "no store is set up yet",
              "an encrypted vault with a passphrase: mcpcred vault init --passphrase\n"
              "an encrypted vault with a key file: mcpcred vault init --key-file PATH");
}

Result<SecretStore*> Context::store() {
  if (store_) return store_.get();
  MCPCRED_TRY(name, chosen_store());
  log_debug("store: " + printable(name));
  if (name == "vault") {
    MCPCRED_TRY(opened, vault());
    if (!opened->initialised())
      return fail(ErrorCode::kStoreUnavailable, "there is no vault here",
                  "make one: mcpcred vault init --passphrase, or mcpcred vault init --key-file PATH");
    store_ = make_vault_store(*opened);
  } else if (name == "env") {
    MCPCRED_TRY(servers, catalog());
    std::vector<VariableName> names;
    for (const std::string& id : servers->ids()) {
      const auto server = servers->find(id);
      if (!server || !*server) continue;
      for (const CatalogVariable& variable : (*server)->variables)
        if (auto parsed = VariableName::parse(variable.name)) names.push_back(std::move(*parsed));
    }
    store_ = make_env_store(outside_.environment, std::move(names));
  } else {
    return fail(ErrorCode::kUnknownName, "no store is called '" + printable(name) + "'",
                "the stores of this build: vault, env");
  }
  return store_.get();
}

Result<Credentials*> Context::credentials() {
  if (!credentials_) {
    MCPCRED_TRY(file, registry_file());
    MCPCRED_TRY(opened, store());
    credentials_.emplace(*file, *opened, now());
  }
  return &*credentials_;
}

void Context::say(std::string_view text) {
  if (!options.quiet) io().err(std::string(text) + "\n");
}

void Context::warn(std::string_view text) {
  io().err("mcpcred: warning: " + std::string(text) + "\n");
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

Result<void> Context::require_presence(const std::string& question) {
  if (!person().present())
    return fail(ErrorCode::kRefused, "only a person at a terminal can allow this", "type the command in a terminal");
  MCPCRED_TRY(answer, person().line(question + "\nType yes to allow it: "));
  if (answer != "yes") return fail(ErrorCode::kDenied, "not allowed; nothing was changed");
  MCPCRED_TRY(opened, vault());
  if (!opened->initialised()) return {};
  MCPCRED_TRY(facts, opened->status());
  if (!facts.passphrase_slot) return {};
  MCPCRED_TRY(passphrase, person().secret("Passphrase of the vault: ", 4096));
  return opened->check_passphrase(passphrase);
}

}  // namespace mcpcred::cli
