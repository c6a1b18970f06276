#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/vault.h"
#include "platform/file.h"
#include "vault/identity.h"
#include "vault/slots.h"
#include "vault/vault_content.h"

namespace mcpcred {

/// The records of the next generation: the lines of this one, with some replaced, added or left out.
class VaultDraft {
 public:
  explicit VaultDraft(const VaultContent& current);
  const VaultContent& current() const { return current_; }
  void add(Secret line);
  /// `record` is one of current().
  void replace(const VaultRecord& record, Secret line);
  void remove(const VaultRecord& record);
  std::vector<std::string_view> lines() const;

  std::vector<std::string> recipients;  ///< those besides the vault's own identity

 private:
  std::size_t index_of(const VaultRecord& record) const;

  const VaultContent& current_;
  std::vector<std::string_view> lines_;  // an empty one is left out
  std::vector<Secret> owned_;
};

/// Whether a person may be asked for the passphrase.
enum class Ask : std::uint8_t { kNever, kIfNeeded };

struct Vault::State {
  explicit State(VaultOptions given) : options(std::move(given)), slots(options.data_dir), seen(options.anchor) {}

  VaultOptions options;
  Slots slots;
  StoreAnchor seen;  ///< the highest known, from the registry or from what this handle read
  std::optional<age::Identity> identity;
  UnlockedBy unlocked_by = UnlockedBy::kNothing;
  bool asked = false;
  std::optional<VaultContent> content;
  FileStamp stamp;

  std::string path() const { return options.data_dir + "/vault.age"; }
  std::string previous_path() const { return path() + ".prev"; }
  std::string replaced_path() const { return path() + ".before-recover"; }
  std::string lock_path() const { return options.data_dir + "/lock"; }

  bool initialised() const;
  /// Makes `content` that of the file; reads nothing where the file is as it was.
  Result<void> load(Ask ask);
  /// The same, but always reads; the file's bytes.
  Result<Secret> reload(Ask ask);
  /// The vault's file or its predecessor after all checks of folder and file.
  Result<std::optional<FileContent>> read(const std::string& file) const;
  /// Why there is no vault.age.
  Unexpected missing() const;

  /// Opens `file` with the identity known, or finds one that opens it.
  Result<VaultContent> unlock(std::string_view file, const StoreAnchor& at_least, Ask ask);
  Result<VaultContent> unlock_by_key_file(std::string_view file, const StoreAnchor& at_least);
  Result<VaultContent> unlock_by_passphrase(std::string_view file, const StoreAnchor& at_least,
                                            const Secret& passphrase);
  /// Tries one identity and keeps it where it opens `file`.
  Result<VaultContent> try_identity(std::string_view file, const StoreAnchor& at_least, age::Identity candidate,
                                    UnlockedBy by);

  using Change = std::function<Result<bool>(VaultDraft&)>;
  /// Under the lock: reads again, lets `change` edit the records (false: nothing to write), writes and verifies.
  Result<bool> change(const Change& change);
  /// Writes a generation and reads it back.
  Result<void> write(const VaultHeader& header, const std::vector<std::string_view>& lines,
                     const std::vector<std::string>& recipients, const std::string& keep_previous_as);

  /// The parts of init() under the lock.
  Result<age::Identity> identity_for_init(const VaultInit& request, std::string_view vault_id) const;
  Result<void> write_slots_for_init(const VaultInit& request, const age::Identity& made,
                                    std::string_view vault_id) const;
};

}  // namespace mcpcred
