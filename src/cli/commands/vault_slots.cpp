
#include "cli/command.h"
#include "cli/commands/vault_support.h"
#include "cli/output.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

struct SlotOptions {
  std::string action;
  std::string kind;
  std::string path;
  bool passphrase_stdin = false;
  bool insecure_keyfile = false;
};

struct RecipientOptions {
  std::string action;
  std::string recipient;
};

Result<Vault*> opened_vault(Context& context) {
  MCPCRED_TRY(vault, existing_vault(context));
  MCPCRED_CHECK(vault->open());
  return vault;
}

Result<int> done(Context& context, Vault& vault, const std::string& text) {
  MCPCRED_CHECK(note_generation(context, vault));
  context.say(text);
  return 0;
}

// Where a passphrase guards the vault, being unlocked is not enough to change the ways in.
Result<void> require_owner(Context& context, Vault& vault, const std::string& question) {
  MCPCRED_TRY(has_passphrase, vault.has_passphrase_slot());
  return has_passphrase ? context.require_presence(question) : Result<void>();
}

// The store remembers that there is a passphrase, so that nobody can hide its slot.
Result<void> note_passphrase(Context& context, Vault& vault, bool has_passphrase) {
  MCPCRED_TRY(file, context.registry_file());
  const auto store = make_vault_store(vault);
  return Credentials(*file, *store, nullptr, context.now()).note_passphrase(has_passphrase);
}

Result<int> add_passphrase(Context& context, const SlotOptions& options) {
  MCPCRED_TRY(vault, opened_vault(context));
  MCPCRED_TRY(passphrase, options.passphrase_stdin ? passphrase_from_stdin(context) : ask_new_passphrase(context));
  MCPCRED_CHECK(require_owner(context, *vault, "Replace the passphrase of the vault by the new one?"));
  MCPCRED_CHECK(vault->add_passphrase_slot(passphrase));
  MCPCRED_CHECK(note_passphrase(context, *vault, true));
  return done(context, *vault, "the vault now opens by that passphrase");
}

Result<int> add_key_file(Context& context, const SlotOptions& options) {
  if (options.path.empty()) return fail(ErrorCode::kUsage, "which file?", "mcpcred vault slot add key-file PATH");
  MCPCRED_TRY(path, absolute_path(options.path));
  MCPCRED_TRY(vault, opened_vault(context));
  MCPCRED_CHECK(require_owner(context, *vault, "Let the key file " + printable(path) + " open the vault?"));
  MCPCRED_CHECK(vault->add_key_file_slot(path, options.insecure_keyfile));
  return done(context, *vault, "the vault now opens by the key file " + printable(path));
}

Result<int> remove_slot(Context& context, const SlotOptions& options) {
  MCPCRED_TRY(vault, opened_vault(context));
  const std::string question = "Remove this way to open the vault: " + options.kind + "?";
  MCPCRED_TRY(guarded, vault->has_passphrase_slot());
  if (guarded) {
    MCPCRED_CHECK(context.require_presence(question));
  } else {
    MCPCRED_TRY(yes, context.confirm(question));
    if (!yes) return fail(ErrorCode::kDenied, "nothing was removed");
  }
  MCPCRED_TRY(was_there,
              options.kind == "passphrase" ? vault->remove_passphrase_slot() : vault->remove_key_file_slot());
  if (!was_there) return fail(ErrorCode::kNotFound, "the vault has no such slot", "mcpcred vault status");
  if (options.kind == "passphrase") MCPCRED_CHECK(note_passphrase(context, *vault, false));
  return done(context, *vault, "removed the slot " + options.kind);
}

Result<int> run_slot(Context& context, const SlotOptions& options) {
  const bool add = options.action == "add";
  if ((!add && options.action != "remove") || (options.kind != "passphrase" && options.kind != "key-file"))
    return fail(ErrorCode::kUsage, "slots are added or removed, and are a passphrase or a key-file",
                "mcpcred vault slot add passphrase\nmcpcred vault slot add key-file PATH");
  if (!add) return remove_slot(context, options);
  return options.kind == "passphrase" ? add_passphrase(context, options) : add_key_file(context, options);
}

Result<int> run_recipient(Context& context, const RecipientOptions& options) {
  MCPCRED_TRY(vault, opened_vault(context));
  if (options.action == "list") {
    MCPCRED_TRY(status, vault->status());
    std::string text;
    for (const std::string& recipient : status.recipients) text += recipient + "\n";
    MCPCRED_CHECK(context.options.json ? print_json(context.io(), {{"recipients", status.recipients}})
                                       : context.io().out(text));
    if (status.recipients.empty()) context.say("no recipient can read the vault besides its own ways in");
    return 0;
  }
  if (options.recipient.empty() || (options.action != "add" && options.action != "remove"))
    return fail(ErrorCode::kUsage, "recipients are listed, added or removed", "mcpcred vault recipient add age1...");
  if (!options.recipient.starts_with("age1"))
    return fail(ErrorCode::kInvalidInput, "that is no age recipient",
                "its public half, as age-keygen -y prints it: age1...");
  if (options.action == "add") {
    MCPCRED_CHECK(context.require_presence("Whoever has the identity of " + printable(options.recipient) +
                                           " will be able to read every credential."));
    MCPCRED_CHECK(vault->add_recipient(options.recipient));
    return done(context, *vault, "added; it reads the vault with: age -d -i IDENTITY vault.age");
  }
  MCPCRED_TRY(was_there, vault->remove_recipient(options.recipient));
  if (!was_there)
    return fail(ErrorCode::kNotFound, "that is no recipient of the vault", "mcpcred vault recipient list");
  return done(context, *vault, "removed; copies of the vault made before can still be read by it");
}

}  // namespace

Action declare_vault_slot(OptionSet& set) {
  auto options = std::make_shared<SlotOptions>();
  set.positional("ACTION", options->action, "add or remove", true, {"add", "remove"});
  set.positional("KIND", options->kind, "passphrase or key-file", true, {"passphrase", "key-file"});
  set.positional("PATH", options->path, "the key file; made if it is not there", false, WordKind::kFile);
  set.flag("--passphrase-stdin", options->passphrase_stdin, "read the new passphrase from standard input");
  set.flag("--insecure-keyfile", options->insecure_keyfile, "allow the key file inside the vault's own folder");
  set.example("mcpcred vault slot add passphrase", "a passphrase beside the key file");
  return [options](Context& context) { return run_slot(context, *options); };
}

Action declare_vault_recipient(OptionSet& set) {
  auto options = std::make_shared<RecipientOptions>();
  set.positional("ACTION", options->action, "list, add or remove", true, {"list", "add", "remove"});
  set.positional("AGE1...", options->recipient, "the recipient, as age-keygen prints it", false);
  set.example("mcpcred vault recipient list", "who can read the vault besides its own keys");
  return [options](Context& context) { return run_recipient(context, *options); };
}

}  // namespace mcpcred::cli
