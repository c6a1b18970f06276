#include "cli/context.h"
#include "core/encoding.h"
#include "core/log.h"
#include "store/platform_store.h"
#include "store/stores.h"

// Which store a command uses: --store, else the pinned one, else MCPCRED_STORE, else the system's, else an error that
// names the ways on. Once one is pinned, no other takes its place.
namespace mcpcred::cli {
namespace {

constexpr std::string_view kStoresOfOtherSystems[] = {"keychain", "credential-manager", "secret-service"};

Result<std::string> known_name(const std::string& name) {
  const std::string_view own = platform_store_name();
  if (name == "vault" || name == "env" || name == own) return name;
  for (const std::string_view other : kStoresOfOtherSystems)
    if (name == other)
      return fail(ErrorCode::kStoreUnavailable, "this system has no store called " + name,
                  "the stores here: " + std::string(own) + ", vault, env");
  return fail(ErrorCode::kUnknownName, "no store is called '" + printable(name) + "'",
              "the stores here: " + std::string(own) + ", vault, env");
}

}  // namespace

std::unique_ptr<SecretStore> Context::platform_store() {
  return make_platform_store({outside_.environment, may_ask_});
}

Result<std::string> Context::chosen_store() {
  if (!options.store.empty()) return known_name(options.store);
  const std::string variable = outside_.environment("MCPCRED_STORE").value_or("");
  // The environment as a store reads nothing of the home folder, which CI may not have.
  MCPCRED_TRY(known, registry());
  if (!known->pinned_store.empty()) {
    if (!variable.empty() && variable != known->pinned_store)
      warn("MCPCRED_STORE is passed over: the store in use here is " + known->pinned_store +
           "; for one command: --store " + printable(variable));
    return known->pinned_store;
  }
  if (!variable.empty()) return known_name(variable);
  // A vault that was made and is not pinned: its registry was lost. It is still the one that was meant.
  MCPCRED_TRY(opened, vault());
  if (opened->initialised()) return std::string("vault");
  const auto available = platform_store()->available();
  if (available) return std::string(platform_store_name());
  return fail(ErrorCode::kStoreUnavailable, "no store is set up yet, and " + available.error().message,
              "an encrypted vault with a passphrase: mcpcred vault init --passphrase\n"
              "an encrypted vault with a key file: mcpcred vault init --key-file PATH",
              available.error().native);
}

Result<const std::string*> Context::store_name() {
  if (!store_name_) {
    MCPCRED_TRY(name, chosen_store());
    store_name_ = std::move(name);
  }
  return &*store_name_;
}

Result<std::unique_ptr<SecretStore>> Context::open_vault_store() {
  MCPCRED_TRY(opened, vault());
  MCPCRED_TRY(known, registry());
  if (!opened->initialised() && known->anchor)
    return fail(ErrorCode::kStoreUnavailable, "the vault that was used here is gone from its folder",
                "put vault.age back from a backup\nto forget it and begin anew: mcpcred vault init --help");
  if (!opened->initialised())
    return fail(ErrorCode::kStoreUnavailable, "there is no vault here",
                "make one: mcpcred vault init --passphrase, or mcpcred vault init --key-file PATH");
  return make_vault_store(*opened);
}

Result<std::unique_ptr<SecretStore>> Context::open_env_store() {
  MCPCRED_TRY(servers, catalog());
  std::vector<VariableName> names;
  for (const std::string& id : servers->ids()) {
    const auto server = servers->find(id);
    if (!server || !*server) continue;
    for (const CatalogVariable& variable : (*server)->variables)
      if (auto parsed = VariableName::parse(variable.name)) names.push_back(std::move(*parsed));
  }
  return make_env_store(outside_.environment, std::move(names));
}

Result<std::unique_ptr<SecretStore>> Context::open_store(const std::string& name) {
  MCPCRED_TRY(known, known_name(name));
  log_debug("store: " + known);
  if (known == "vault") return open_vault_store();
  if (known == "env") return open_env_store();
  auto opened = platform_store();
  waiting_for("waiting for " + std::string(opened->traits().title));
  return opened;
}

Result<SecretStore*> Context::store() {
  if (!store_) {
    MCPCRED_TRY(name, store_name());
    MCPCRED_TRY(opened, open_store(*name));
    store_ = std::move(opened);
  }
  return store_.get();
}

Result<Credentials*> Context::credentials() {
  if (!credentials_) {
    MCPCRED_TRY(file, registry_file());
    MCPCRED_TRY(opened, store());
    if (opened->traits().keeps_registry) {
      MCPCRED_TRY(pinned, registry());
      if (!pinned->pinned_store.empty() && pinned->pinned_store != opened->traits().name) {
        MCPCRED_TRY(keeper, open_store(pinned->pinned_store));
        trust_store_ = std::move(keeper);
      }
    }
    credentials_.emplace(*file, *opened, trust_store_.get(), now());
  }
  return &*credentials_;
}

Result<std::vector<EntryKey>> Context::look_around() {
  MCPCRED_TRY(name, store_name());
  if (*name != platform_store_name()) return std::vector<EntryKey>();
  MCPCRED_TRY(manager, credentials());
  MCPCRED_TRY(noted, registry());
  return manager->look_around(*noted, catalog_variables());
}

Credentials::IsKnownVariable Context::catalog_variables() {
  return [this](const std::string& variable) {
    const auto servers = catalog();
    return servers && (*servers)->server_of(variable).has_value();
  };
}

Result<const Registry*> Context::known() {
  MCPCRED_TRY(opened, store());
  if (opened->traits().keeps_registry) return registry();
  static const Registry empty;
  return &empty;
}

}  // namespace mcpcred::cli
