#include <algorithm>

#include "core/encoding.h"
#include "platform/lock.h"
#include "vault/vault_state.h"

namespace mcpcred {

Result<std::uint64_t> Vault::recover() {
  State& state = *state_;
  MCPCRED_TRY(folder, check_private_dir(state.options.data_dir));
  if (!folder || !state.initialised()) return state.missing();
  const StoreAnchor any_generation{state.seen.id, 0};
  const auto open_file = [&](const std::string& path, Ask ask) -> Result<std::pair<VaultContent, std::string>> {
    MCPCRED_TRY(file, state.read(path));
    if (!file) return fail(ErrorCode::kNotFound, "there is no " + printable(path));
    MCPCRED_TRY(content, state.unlock(file->bytes.reveal(), any_generation, ask));
    return std::pair(std::move(content), sha256(file->bytes.reveal()));
  };
  // Whichever of both opens gives us the identity, before the lock: a person may have to be asked.
  if (!open_file(state.path(), Ask::kIfNeeded) && !state.identity) {
    MCPCRED_CHECK(open_file(state.previous_path(), Ask::kIfNeeded));
  }
  MCPCRED_TRY(lock, FileLock::acquire(state.lock_path()));
  remove_stale_temps(state.options.data_dir);

  std::uint64_t highest = state.seen.generation;
  auto source = open_file(state.path(), Ask::kNever);
  if (source) highest = std::max(highest, source->first.header.generation);
  const bool put_back = source && source->first.header.generation < state.seen.generation;
  if (!put_back) {
    source = open_file(state.previous_path(), Ask::kNever);
    if (!source && source.error().code == ErrorCode::kNotFound) {
      return fail(ErrorCode::kNotFound, "there is no previous generation of the vault",
                  "put vault.age back from a backup, or move its folder away and: mcpcred vault init");
    }
    if (!source) return Unexpected(std::move(source.error()));
  }
  const VaultContent& content = source->first;
  const std::uint64_t generation = content.header.generation;
  VaultHeader header = content.header;
  header.generation = std::max(highest, generation) + 1;
  header.previous = hex_encode(source->second);
  header.written = system_now();
  const VaultDraft same(content);
  // vault.age.prev stays as it is: were the damaged file linked there, a crash before the rename would leave no good
  // file at all.
  MCPCRED_CHECK(state.write(header, same.lines(), same.recipients, state.replaced_path()));
  return generation;
}

}  // namespace mcpcred
