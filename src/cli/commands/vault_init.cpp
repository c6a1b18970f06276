#include "cli/command.h"
#include "cli/commands/vault_support.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

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

// The context's own handle may still expect a vault that was forgotten just now.
Result<Vault> new_vault(Context& context) {
  MCPCRED_TRY(folders, context.folders());
  VaultOptions options;
  options.data_dir = folders.data;
  return Vault(std::move(options));
}

Result<void> set_up(Context& context, Vault& vault, Policy policy, bool passphrase) {
  MCPCRED_TRY(file, context.registry_file());
  const auto store = make_vault_store(vault);
  return Credentials(*file, *store, nullptr, context.now()).set_up(policy, passphrase);
}

// A vault without our keys in it is one whose init was killed half way: the rest is done now.
Result<int> finish_init(Context& context, Vault& vault, Policy policy, const VaultInitOptions& options) {
  MCPCRED_TRY(has_passphrase, vault.has_passphrase_slot());
  if (auto done = set_up(context, vault, policy, has_passphrase); !done) {
    MCPCRED_TRY(folders, context.folders());
    if (done.error().code != ErrorCode::kConflict) return Unexpected(std::move(done).error());
    return fail(ErrorCode::kConflict, "there is a vault already: " + printable(folders.data) + "/vault.age",
                "mcpcred vault status");
  }
  context.say("finished the vault that was begun before; it opens as it did then");
  const auto status = vault.status();
  if (!options.key_file.empty() && status && status->key_file_slot.empty())
    context.hint("to open it by a key file: mcpcred vault slot add key-file PATH");
  return 0;
}

}  // namespace

Result<int> init_vault(Context& context, const VaultInitOptions& options) {
  const auto policy = policy_from_name(options.policy);
  if (!policy) return fail(ErrorCode::kUsage, "the policies are bound, strict and open", "mcpcred vault init --help");
  MCPCRED_TRY(folders, context.folders());
  MCPCRED_TRY(vault, context.vault());
  if (vault->initialised()) return finish_init(context, *vault, *policy, options);
  if (options.key_file.empty() && !options.passphrase && !options.passphrase_stdin)
    return fail(ErrorCode::kUsage, "how is the vault to be opened?",
                "by a passphrase: mcpcred vault init --passphrase\n"
                "by a key file, as for CI and servers: mcpcred vault init --key-file PATH");
  if (options.passphrase && options.passphrase_stdin)
    return fail(ErrorCode::kUsage, "--passphrase and --passphrase-stdin exclude each other",
                "mcpcred vault init --help");
  MCPCRED_CHECK(settle_old_registry(context));

  VaultInit request;
  request.insecure_key_file = options.insecure_keyfile;
  MCPCRED_TRY(key_file, absolute_path(options.key_file));
  request.key_file = key_file;
  if (options.passphrase || options.passphrase_stdin) {
    MCPCRED_TRY(passphrase, options.passphrase ? ask_new_passphrase(context) : passphrase_from_stdin(context));
    request.passphrase = std::move(passphrase);
  }
  MCPCRED_TRY(fresh, new_vault(context));
  const bool has_passphrase = request.passphrase.has_value();
  context.waiting_for("making the vault");
  MCPCRED_CHECK(fresh.init(std::move(request)));
  MCPCRED_CHECK(set_up(context, fresh, *policy, has_passphrase));
  // Who has typed it twice just now need not type it a third time. Without a keyring of the session: asked for again.
  if (options.keep_open && has_passphrase) static_cast<void>(fresh.cache_identity(nullptr));
  context.say("made the vault " + printable(folders.data) + "/vault.age");
  if (!key_file.empty())
    context.say("opened by the key file " + printable(key_file) + "; whoever reads that file reads the vault");
  if (options.passphrase || options.passphrase_stdin)
    context.say("opened by the passphrase; for this shell and ten minutes at a time: mcpcred vault unlock");
  if (!options.tell_next) return 0;
  MCPCRED_TRY(registry, context.registry());
  const bool beside = !registry->pinned_store.empty() && registry->pinned_store != "vault";
  context.say(beside ? "the store in use stays " + registry->pinned_store + "; to change that: mcpcred move --to vault"
                     : "next: mcpcred store github");
  return 0;
}

Action declare_vault_init(OptionSet& set) {
  auto options = std::make_shared<VaultInitOptions>();
  set.text("--key-file", options->key_file, "PATH", "open it by this file; made if it is not there, never overwritten",
           WordKind::kFile);
  set.flag("--passphrase", options->passphrase, "open it by a passphrase, asked for twice");
  set.flag("--passphrase-stdin", options->passphrase_stdin, "open it by the passphrase on standard input");
  set.flag("--insecure-keyfile", options->insecure_keyfile, "allow the key file inside the vault's own folder");
  set.choice("--policy", options->policy, {"bound", "strict", "open"}, "how launches are bound");
  set.example("mcpcred vault init --passphrase", "then, once a terminal: mcpcred vault unlock");
  set.example("mcpcred vault init --key-file ~/.mcpcred.key",
              "opens without a question; keep that file off your backups");
  return [options](Context& context) { return init_vault(context, *options); };
}

}  // namespace mcpcred::cli
