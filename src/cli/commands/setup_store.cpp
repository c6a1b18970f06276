#include "cli/commands/setup.h"
#include "cli/commands/vault_support.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

// Beside the home folder's other secrets, and not in the vault's own folder, which backups take as a whole.
constexpr std::string_view kKeyFileName = "/.mcpcred.key";

Result<void> make_vault(Context& context) {
  context.say("There is no secret store of the system here, so values go into one encrypted file, the vault.");
  context.say("  1  opened by a passphrase: the safer way; asked for once in each terminal");
  context.say("  2  opened by a key file: shells and servers start without a question; whoever reads it reads all");
  while (true) {
    MCPCRED_TRY(answer, context.person().line("Which way? [1] "));
    VaultInitOptions options;
    if (answer.empty() || answer == "1") {
      options.passphrase = true;
    } else if (answer == "2") {
      MCPCRED_TRY(home, find_home(context.outside().environment));
      options.key_file = home + std::string(kKeyFileName);
    } else {
      continue;
    }
    options.tell_next = false;
    options.keep_open = true;
    auto made = init_vault(context, options);
    if (made) return {};
    if (made.error().code != ErrorCode::kInvalidInput) return Unexpected(std::move(made).error());
    context.warn(made.error().message);  // two passphrases that differ, or none
  }
}

// A vault that no registry knows: made by a setup that was killed then, or one whose registry is lost.
Result<void> finish_vault(Context& context) {
  VaultInitOptions options;
  options.tell_next = false;
  auto finished = init_vault(context, options);
  if (finished) return {};
  if (finished.error().code != ErrorCode::kConflict) return Unexpected(std::move(finished).error());
  return fail(
      ErrorCode::kTampered, "there is a vault, and the registry that goes with it is gone",
      "put registry.json back from a backup\nto start anew without approvals, at a terminal: mcpcred policy bound");
}

}  // namespace

Result<void> set_up_store(Context& context) {
  const auto name = context.store_name();
  if (name) {
    MCPCRED_TRY(known, context.registry());
    if (**name == "vault" && !known->anchor) MCPCRED_CHECK(finish_vault(context));
    MCPCRED_TRY(store, context.store());
    context.say("Values are kept in " + std::string(store->traits().title) + ".");
    return check_put(store->traits(), Secret::copy_of("x"));
  }
  MCPCRED_TRY(registry, context.registry());
  // Only where nothing was chosen ever; a store that is away is waited for, not replaced.
  const bool chosen = !registry->pinned_store.empty() || !context.options.store.empty() ||
                      context.outside().environment("MCPCRED_STORE").has_value();
  if (name.error().code != ErrorCode::kStoreUnavailable || chosen) return Unexpected(name.error());
  return make_vault(context);
}

}  // namespace mcpcred::cli
