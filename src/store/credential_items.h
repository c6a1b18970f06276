#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mcpcred/store.h"

// The Credential Manager as the store sees it: generic credentials by name. Windows' own calls are one implementation,
// a test's is another.
namespace mcpcred {

struct CredentialItem {
  std::string target;
  std::string comment;
  Secret blob;
};

class CredentialItems {
 public:
  virtual ~CredentialItems() = default;

  /// The item of this name, or of one that differs in letter case: Windows does not tell them apart. Its own target
  /// says which it is.
  virtual Result<std::optional<CredentialItem>> read(const std::string& target) = 0;
  /// Makes or replaces one item, whole or not at all.
  virtual Result<void> write(const CredentialItem& item) = 0;
  /// False: there was none.
  virtual Result<bool> remove(const std::string& target) = 0;
  /// The names that begin with `prefix`; empty: all.
  virtual Result<std::vector<std::string>> names(const std::string& prefix) = 0;
};

std::unique_ptr<SecretStore> make_credential_manager_store(std::unique_ptr<CredentialItems> items);

}  // namespace mcpcred
