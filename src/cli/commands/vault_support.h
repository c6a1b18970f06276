#pragma once

#include <string>

#include "cli/context.h"

namespace mcpcred::cli {

struct VaultInitOptions {
  std::string key_file{};
  bool passphrase = false;
  bool passphrase_stdin = false;
  bool insecure_keyfile = false;
  std::string policy = "bound";
  bool tell_next = true;   ///< say what to type next
  bool keep_open = false;  ///< for this session for a while, as vault unlock does
};

/// Makes the vault, or ends what an earlier, killed `vault init` began.
Result<int> init_vault(Context& context, const VaultInitOptions& options);

/// The vault, whatever store is chosen; kStoreUnavailable with the ways to make one where there is none.
Result<Vault*> existing_vault(Context& context);

/// After a change that went past Credentials (slots, recovery): the registry has to know the new generation, else the
/// next look would take this one for the newest.
Result<void> note_generation(Context& context, Vault& vault);

/// A passphrase from standard input, without one line end at its end.
Result<Secret> passphrase_from_stdin(Context& context);

/// A new passphrase, asked for twice at the terminal.
Result<Secret> ask_new_passphrase(Context& context);

/// `path` from the current folder.
Result<std::string> absolute_path(const std::string& path);

}  // namespace mcpcred::cli
