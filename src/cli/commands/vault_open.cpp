
#include "cli/command.h"
#include "cli/commands/vault_support.h"
#include "cli/output.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

struct UnlockOptions {
  bool passphrase_stdin = false;
};

Result<int> run_unlock(Context& context, const UnlockOptions& options) {
  MCPCRED_TRY(vault, existing_vault(context));
  std::optional<Secret> passphrase;
  if (options.passphrase_stdin) {
    MCPCRED_TRY(read, passphrase_from_stdin(context));
    passphrase = std::move(read);
  }
  MCPCRED_TRY(scope, vault->cache_identity(passphrase ? &*passphrase : nullptr));
  context.say("unlocked for ten minutes at a time, twelve hours at most, for " +
              (scope == "session" ? "the shell that started this and its children" : scope));
  context.say("every program started from this shell can read the vault until then; to end it: mcpcred vault lock");
  return 0;
}

Result<int> run_lock(Context& context) {
  MCPCRED_TRY(vault, existing_vault(context));
  MCPCRED_TRY(was_there, vault->drop_cached_identity());
  context.say(was_there ? "locked" : "it was locked already");
  return 0;
}

std::string_view way_in(UnlockedBy way) {
  switch (way) {
    case UnlockedBy::kKeyFileVariable:
      return "MCPCRED_KEY_FILE";
    case UnlockedBy::kKeyFileSlot:
      return "key file";
    case UnlockedBy::kSessionCache:
      return "unlocked session";
    case UnlockedBy::kPassphrase:
      return "passphrase";
    case UnlockedBy::kNothing:
      return "locked";
  }
  return {};
}

Result<int> run_status(Context& context) {
  MCPCRED_TRY(folders, context.folders());
  MCPCRED_TRY(vault, context.vault());
  MCPCRED_TRY(status, vault->status());
  MCPCRED_TRY(registry, context.registry());
  const std::uint64_t seen = registry->anchor ? registry->anchor->generation : 0;
  if (context.options.json) {
    MCPCRED_CHECK(print_json(context.io(), {{"initialised", status.initialised},
                                            {"file", folders.data + "/vault.age"},
                                            {"vault_id", status.vault_id},
                                            {"generation", status.generation},
                                            {"highest_generation_seen", seen},
                                            {"opened_by", way_in(status.unlocked_by)},
                                            {"passphrase_slot", status.passphrase_slot},
                                            {"key_file_slot", status.key_file_slot},
                                            {"key_file_problem", status.key_file_problem},
                                            {"recipients", status.recipients.size()},
                                            {"cached", status.cached},
                                            {"cache_scope", status.cache_scope},
                                            {"cache_seconds_left", status.cache_seconds_left}}));
    return 0;
  }
  if (!status.initialised) {
    context.say("there is no vault here");
    context.hint("make one: mcpcred vault init --passphrase, or mcpcred vault init --key-file PATH");
    return 0;
  }
  Table table({"file", printable(folders.data) + "/vault.age"});
  table.add({"now", std::string(way_in(status.unlocked_by)) == "locked"
                        ? "locked"
                        : "opens by " + std::string(way_in(status.unlocked_by))});
  table.add({"generation", status.generation == 0 ? "not known while locked" : std::to_string(status.generation)});
  table.add({"rollback guard", "registry, has seen generation " + std::to_string(seen)});
  table.add({"passphrase", status.passphrase_slot ? "yes" : "no"});
  table.add({"key file",
             status.key_file_slot.empty()
                 ? "no"
                 : printable(status.key_file_slot) + (status.key_file_problem.empty()
                                                          ? ", protected by its file permissions only"
                                                          : ", not usable: " + printable(status.key_file_problem))});
  table.add({"recipients", std::to_string(status.recipients.size())});
  table.add({"session cache",
             status.cached ? std::to_string(status.cache_seconds_left) + " s left, seen by: " + status.cache_scope
                           : "empty (" + status.cache_scope + ")"});
  MCPCRED_CHECK(context.io().out(table.text(context.style(Output::kOut))));
  return 0;
}

Result<int> run_recover(Context& context) {
  MCPCRED_TRY(vault, existing_vault(context));
  MCPCRED_CHECK(context.require_presence(
      "Go back to the vault's previous generation? What the last change stored or removed is undone."));
  MCPCRED_TRY(generation, vault->recover());
  MCPCRED_CHECK(note_generation(context, *vault));
  context.say("went back to generation " + std::to_string(generation));
  context.hint("what is there now: mcpcred check --read");
  return 0;
}

}  // namespace

Action declare_vault_unlock(OptionSet& set) {
  auto options = std::make_shared<UnlockOptions>();
  set.flag("--passphrase-stdin", options->passphrase_stdin, "read the passphrase from standard input");
  return [options](Context& context) { return run_unlock(context, *options); };
}

Action declare_vault_lock(OptionSet&) {
  return run_lock;
}
Action declare_vault_status(OptionSet&) {
  return run_status;
}
Action declare_vault_recover(OptionSet&) {
  return run_recover;
}

}  // namespace mcpcred::cli
