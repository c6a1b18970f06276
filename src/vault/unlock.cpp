#include "core/encoding.h"
#include "vault/key_file.h"
#include "vault/session_cache.h"
#include "vault/vault_state.h"

// How the identity is found: MCPCRED_KEY_FILE, the key-file slot, the session's cache, the passphrase.
namespace mcpcred {
namespace {

constexpr std::string_view kUnlockHint = "mcpcred vault unlock";

bool is_denied(const Result<VaultContent>& result) {
  return !result && result.error().code == ErrorCode::kDenied;
}

Unexpected locked(const std::string& problem, const std::string& problem_hint, bool passphrase_slot) {
  if (!problem_hint.empty()) {
    return fail(ErrorCode::kLocked, "the vault is locked: " + problem,
                problem_hint + (passphrase_slot ? "\n" + std::string(kUnlockHint) : ""));
  }
  if (passphrase_slot) {
    return fail(ErrorCode::kLocked, "the vault is locked" + (problem.empty() ? "" : " (" + problem + ")"),
                std::string(kUnlockHint));
  }
  if (problem.empty()) {
    return fail(ErrorCode::kLocked, "the vault is locked, and it has neither a passphrase nor a key file",
                std::string(kUnlockHint) + "\nwith the vault's identity in a file: MCPCRED_KEY_FILE=/path/of/the/file");
  }
  return fail(ErrorCode::kLocked, "the vault is locked: " + problem,
              "put that file right, or name another: MCPCRED_KEY_FILE=/path/of/the/file");
}

}  // namespace

Result<VaultContent> Vault::State::try_identity(std::string_view file, const StoreAnchor& at_least,
                                                age::Identity candidate, UnlockedBy by) {
  auto opened = open_vault_bytes(file, candidate, at_least);
  if (!opened && opened.error().code == ErrorCode::kDenied) return opened;
  // Also where the content was refused: the identity is the right one, and recover() will want it.
  identity = std::move(candidate);
  unlocked_by = by;
  return opened;
}

Result<VaultContent> Vault::State::unlock_by_key_file(std::string_view file, const StoreAnchor& at_least) {
  const std::string shown = "the key file of MCPCRED_KEY_FILE, " + printable(options.key_file) + ",";
  MCPCRED_TRY(candidate, read_key_file(options.key_file));
  if (!candidate) {
    return fail(ErrorCode::kLocked, shown + " is not there", "put it there, or unset MCPCRED_KEY_FILE");
  }
  auto opened = try_identity(file, at_least, std::move(*candidate), UnlockedBy::kKeyFileVariable);
  if (is_denied(opened)) {
    return fail(ErrorCode::kDenied, shown + " does not open the vault",
                "name the right file, or unset MCPCRED_KEY_FILE");
  }
  return opened;
}

Result<VaultContent> Vault::State::unlock_by_passphrase(std::string_view file, const StoreAnchor& at_least,
                                                        const Secret& passphrase) {
  MCPCRED_TRY(candidate, slots.open_passphrase(passphrase));
  auto opened = try_identity(file, at_least, std::move(candidate), UnlockedBy::kPassphrase);
  // The same words as for a wrong passphrase: no hint at which of both was met.
  if (is_denied(opened)) return fail(ErrorCode::kDenied, "the passphrase does not open the vault");
  return opened;
}

Result<VaultContent> Vault::State::unlock(std::string_view file, const StoreAnchor& at_least, Ask ask) {
  if (identity) {
    auto opened = open_vault_bytes(file, *identity, at_least);
    if (!is_denied(opened)) return opened;
    return fail(ErrorCode::kTampered, "the vault is not encrypted to the identity that opened it before",
                "to go back to the previous generation: mcpcred vault recover");
  }
  if (!options.key_file.empty()) return unlock_by_key_file(file, at_least);

  std::string problem;
  std::string problem_hint;
  ErrorCode problem_code = ErrorCode::kLocked;
  MCPCRED_TRY(slot, slots.key_file());
  if (slot) {
    auto candidate = read_key_file(*slot);
    if (!candidate) {
      problem = candidate.error().message;
      problem_hint = candidate.error().hint;
    } else if (!*candidate) {
      problem = "the key file " + printable(*slot) + " is not there";
    } else {
      auto opened = try_identity(file, at_least, std::move(**candidate), UnlockedBy::kKeyFileSlot);
      if (!is_denied(opened)) return opened;
      problem = "the key file " + printable(*slot) + " holds another identity";
      problem_code = ErrorCode::kDenied;
    }
  }
  if (options.use_session_cache && !seen.id.empty()) {
    if (auto candidate = read_session_cache(seen.id)) {
      auto opened = try_identity(file, at_least, std::move(*candidate), UnlockedBy::kSessionCache);
      if (!is_denied(opened)) return opened;
    }
  }
  MCPCRED_TRY(has_passphrase, slots.has_passphrase());
  if (has_passphrase && asked) return fail(ErrorCode::kDenied, "the passphrase does not open the vault");
  if (has_passphrase && ask == Ask::kIfNeeded && options.ask_passphrase) {
    asked = true;
    MCPCRED_TRY(passphrase, options.ask_passphrase());
    return unlock_by_passphrase(file, at_least, passphrase);
  }
  if (problem_code == ErrorCode::kDenied && !has_passphrase) {
    return fail(ErrorCode::kDenied, problem,
                "put the right file there, or name it: MCPCRED_KEY_FILE=/path/of/the/file");
  }
  return locked(problem, problem_hint, has_passphrase);
}

}  // namespace mcpcred
