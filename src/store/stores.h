#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "mcpcred/store.h"

namespace mcpcred {

/// In this process's memory only: for tests, and the model of the contract. `fail_next` of the maker's result can be
/// told to fail once.
class MemoryStore : public SecretStore {
 public:
  /// The next call answers this error, once.
  virtual void fail_next(Error error) = 0;
};
std::unique_ptr<MemoryStore> make_memory_store();

/// Two handles that see one another's writes.
std::pair<std::unique_ptr<MemoryStore>, std::unique_ptr<MemoryStore>> make_shared_memory_stores();

/// The process's environment, for CI. GITHUB_TOKEN is the item of that name and the default account; other accounts
/// have none. Read-only; no registry goes with it. list() knows only names that `names` offers (the catalog's), as an
/// environment holds much that is no credential.
std::unique_ptr<SecretStore> make_env_store(std::function<std::optional<std::string>(std::string_view)> lookup,
                                            std::vector<VariableName> names);

/// The macOS Keychain: generic passwords of the default keychain, under `login` for the default account.
std::unique_ptr<SecretStore> make_keychain_store(std::string login, bool may_prompt);

/// The Secret Service of the user's session bus. Where `may_prompt` is false, what is locked stays so (kLocked).
std::unique_ptr<SecretStore> make_secret_service_store(
    std::function<std::optional<std::string>(std::string_view)> environment, bool may_prompt);

/// The Windows Credential Manager: generic credentials of this user and machine.
std::unique_ptr<SecretStore> make_credential_manager_store();

}  // namespace mcpcred
