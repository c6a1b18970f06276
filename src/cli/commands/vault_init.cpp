#include "cli/command.h"
#include "cli/commands/vault_support.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

struct InitOptions {
  std::string key_file;
  bool passphrase = false;
  bool passphrase_stdin = false;
  bool insecure_keyfile = false;
  std::string policy = "bound";
};

// A registry that knows another, vanished vault would refuse this one; its entries are of no more use.
Result<void> settle_old_registry(Context& context) {
  MCPCRED_TRY(file, context.registry_file());
  MCPCRED_TRY(registry, file->load());
  const bool of_a_vault = registry.anchor.has_value();
  if (!of_a_vault) return {};
  MCPCRED_TRY(yes, context.confirm("A vault with " + std::to_string(registry.credentials.size()) +
                                   " credentials was here before and is gone. Forget it?"));
  if (!yes) return fail(ErrorCode::kDenied, "nothing was changed; put the old vault back, or say yes");
  std::erase_if(registry.credentials, [](const Credential& credential) { return credential.store == "vault"; });
  registry.anchor.reset();
  registry.trust = {};
  registry.trust_mac.clear();
  if (registry.pinned_store == "vault") registry.pinned_store.clear();
  return file->save(registry);
}

Result<int> run_init(Context& context, const InitOptions& options) {
  const auto policy = policy_from_name(options.policy);
  if (!policy) return fail(ErrorCode::kUsage, "the policies are bound, strict and open", "mcpcred vault init --help");
  if (options.key_file.empty() && !options.passphrase && !options.passphrase_stdin)
    return fail(ErrorCode::kUsage, "how is the vault to be opened?",
                "by a passphrase: mcpcred vault init --passphrase\n"
                "by a key file, as for CI and servers: mcpcred vault init --key-file PATH");
  if (options.passphrase && options.passphrase_stdin)
    return fail(ErrorCode::kUsage, "--passphrase and --passphrase-stdin exclude each other",
                "mcpcred vault init --help");
  MCPCRED_TRY(folders, context.folders());
  if (Vault({folders.data, {}, {}, false, {}}).initialised())
    return fail(ErrorCode::kConflict, "there is a vault already: " + folders.data + "/vault.age",
                "mcpcred vault status");
  MCPCRED_CHECK(settle_old_registry(context));

  VaultInit request;
  request.insecure_key_file = options.insecure_keyfile;
  MCPCRED_TRY(key_file, absolute_path(options.key_file));
  request.key_file = key_file;
  if (options.passphrase || options.passphrase_stdin) {
    MCPCRED_TRY(passphrase, options.passphrase ? ask_new_passphrase(context) : passphrase_from_stdin(context));
    request.passphrase = std::move(passphrase);
  }
  MCPCRED_TRY(vault, context.vault());
  MCPCRED_CHECK(vault->init(std::move(request)));
  MCPCRED_TRY(file, context.registry_file());
  const auto store = make_vault_store(*vault);
  const auto set_up = [&](Registry& registry) -> Result<void> {
    // A store that is pinned already stays so; move --to changes it.
    if (registry.pinned_store.empty()) registry.pinned_store = store->traits().name;
    registry.trust.policy = *policy;
    return {};
  };
  MCPCRED_CHECK(Credentials(*file, *store, context.now()).change_trust(set_up, false));
  context.say("made the vault " + printable(folders.data) + "/vault.age");
  if (!key_file.empty())
    context.say("opened by the key file " + printable(key_file) + "; whoever reads that file reads the vault");
  if (options.passphrase || options.passphrase_stdin)
    context.say("opened by the passphrase; for this shell and ten minutes at a time: mcpcred vault unlock");
  context.say("next: mcpcred store github");
  return 0;
}

}  // namespace

Action declare_vault_init(OptionSet& set) {
  auto options = std::make_shared<InitOptions>();
  set.text("--key-file", options->key_file, "PATH", "open it by this file; made if it is not there, never overwritten");
  set.flag("--passphrase", options->passphrase, "open it by a passphrase, asked for twice");
  set.flag("--passphrase-stdin", options->passphrase_stdin, "open it by the passphrase on standard input");
  set.flag("--insecure-keyfile", options->insecure_keyfile, "allow the key file inside the vault's own folder");
  set.choice("--policy", options->policy, {"bound", "strict", "open"}, "how launches are bound");
  return [options](Context& context) { return run_init(context, *options); };
}

}  // namespace mcpcred::cli
