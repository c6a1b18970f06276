#include "cli/commands/vault_support.h"

#include "platform/process.h"

namespace mcpcred::cli {
namespace {

constexpr std::size_t kMaxPassphrase = 4096;

}  // namespace

Result<Vault*> existing_vault(Context& context) {
  MCPCRED_TRY(vault, context.vault());
  if (!vault->initialised())
    return fail(ErrorCode::kStoreUnavailable, "there is no vault here",
                "make one: mcpcred vault init --passphrase, or mcpcred vault init --key-file PATH");
  return vault;
}

Result<void> note_generation(Context& context, Vault& vault) {
  MCPCRED_TRY(file, context.registry_file());
  const auto store = make_vault_store(vault);
  return Credentials(*file, *store, nullptr, context.now()).note_anchor();
}

Result<Secret> passphrase_from_stdin(Context& context) {
  MCPCRED_TRY(passphrase, context.io().read_stdin(kMaxPassphrase + 1));
  if (passphrase.reveal().ends_with('\n')) passphrase.truncate(passphrase.size() - 1);
  return std::move(passphrase);
}

Result<Secret> ask_new_passphrase(Context& context) {
  MCPCRED_TRY(first, context.person().secret("New passphrase of the vault: ", kMaxPassphrase));
  if (first.empty()) return fail(ErrorCode::kInvalidInput, "the passphrase is empty", "nothing was changed");
  MCPCRED_TRY(second, context.person().secret("The same once more: ", kMaxPassphrase));
  if (!(first == second)) return fail(ErrorCode::kInvalidInput, "the two are not the same", "nothing was changed");
  return std::move(first);
}

Result<std::string> absolute_path(const std::string& path) {
  if (path.empty() || is_absolute_path(path)) return path;
  MCPCRED_TRY(folder, current_directory());
  return folder + "/" + path;
}

}  // namespace mcpcred::cli
