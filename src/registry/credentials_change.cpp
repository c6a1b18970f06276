#include <algorithm>

#include "mcpcred/credentials.h"
#include "registry/registry_lock.h"

namespace mcpcred {
namespace {

// Windows and macOS would take two such names for one; refused on every platform.
Result<void> check_letter_case(const Registry& registry, const StoreRequest& request) {
  for (const NewValue& value : request.values) {
    for (const Credential& present : registry.credentials) {
      if (differs_only_in_case(present.variable.str(), value.variable.str()))
        return fail(
            ErrorCode::kInvalidInput,
            value.variable.str() + " differs from the stored " + present.variable.str() + " in letter case only",
            "use " + present.variable.str());
      if (differs_only_in_case(present.account.str(), request.account.str()))
        return fail(
            ErrorCode::kInvalidInput,
            "the account " + request.account.str() + " differs from " + present.account.str() + " in letter case only",
            "use --account " + present.account.str());
    }
  }
  return {};
}

Credential describe(const Registry& registry, const StoreKeys& keys, std::string_view store, Timestamp now,
                    const AccountName& account, const NewValue& value) {
  Credential credential{value.variable, account, std::string(store)};
  const Credential* before = registry.find(credential.key());
  credential.created = before != nullptr ? before->created : now;
  credential.stored = now;
  credential.expires = value.expires ? value.expires : value.finding.expires;
  credential.verdict = value.finding.verdict;
  credential.checksum = value.finding.checksum;
  credential.kind = value.finding.kind;
  credential.note = value.finding.note;
  credential.fingerprint = fingerprint(keys, value.value);
  return credential;
}

// Tells what is there although the command failed.
Result<void> but_stored(Result<void> result) {
  if (!result)
    result.error().message = "the value is stored, but the registry is not written: " + result.error().message;
  return result;
}

std::vector<EntryKey> keys_of(const StoreRequest& request) {
  std::vector<EntryKey> keys;
  for (const NewValue& value : request.values) keys.emplace_back(value.variable, request.account);
  return keys;
}

}  // namespace

// The registry says first that a change has begun. A command that is killed then leaves a credential that `list` and
// `check` show as unfinished, whichever of the two values the store holds.
Result<void> Credentials::put_values(Registry& registry, const StoreKeys& keys, const StoreRequest& request,
                                     StoreOutcome& outcome, std::optional<Error>& not_durable) {
  if (request.values.empty()) return {};
  MCPCRED_TRY(before, file_.load());
  Registry begun = before;
  std::vector<Credential> described;
  std::vector<std::string> proofs;
  for (const NewValue& value : request.values) {
    proofs.push_back(hint_proof(keys, store_.traits().name, EntryKey(value.variable, request.account), value.value));
    described.push_back(describe(registry, keys, store_.traits().name, now_, request.account, value));
    Credential pending = described.back();
    if (const Credential* present = begun.find(pending.key())) pending = *present;
    pending.pending = true;
    begun.upsert(std::move(pending));
  }
  MCPCRED_CHECK(file_.save(begun));
  for (std::size_t i = 0; i < described.size(); ++i) {
    auto put = store_.put(described[i].key(), request.values[i].value);
    if (!put && put.error().code == ErrorCode::kDurabilityUnknown) {
      not_durable = std::move(put.error());
    } else if (!put) {
      if (i == 0) MCPCRED_CHECK(file_.save(before));
      return put;
    }
  }
  for (std::size_t i = 0; i < described.size(); ++i) {
    Credential& credential = described[i];
    for (const Credential& other : registry.credentials)
      if (other.key() != credential.key() && other.fingerprint == credential.fingerprint)
        outcome.same_value_as.push_back(other.variable.str());
    outcome.stored.push_back(credential);
    note_address(registry, credential.key(), proofs[i]);
    registry.upsert(std::move(credential));
  }
  return {};
}

Result<StoreOutcome> Credentials::store(StoreRequest request) {
  StoreOutcome outcome;
  for (const NewValue& value : request.values) {
    MCPCRED_CHECK(check_put(store_.traits(), value.value));
    // A registry that was edited could point to it as if it were ours, and then prove what it likes.
    if (StoreKeys::from_text(value.value.reveal()))
      return fail(ErrorCode::kInvalidInput, "the value has the form of mcpcred's own keys, and is no credential");
  }
  const std::vector<EntryKey> keys = keys_of(request);
  std::optional<Error> not_durable;
  const auto change = [&](Registry& registry) -> Result<void> {
    MCPCRED_CHECK(check_letter_case(registry, request));
    if (!request.replace) {
      MCPCRED_TRY(present, stored_of(keys));
      if (!present.empty())
        return fail(ErrorCode::kConflict, present.front().variable() + " is stored already",
                    "to put the new value in its place: add --replace");
    }
    MCPCRED_CHECK(set_companions(registry, request));
    if (request.approval && (!request.values.empty() || request.confirmed))
      MCPCRED_CHECK(set_approval(registry, request, outcome));
    MCPCRED_TRY(own, trust_store_.get(EntryKey::keys()));
    if (!own) return fail(ErrorCode::kInternal, "the store lost its own keys");
    MCPCRED_TRY(store_keys, StoreKeys::from_text(own->reveal()));
    return put_values(registry, store_keys, request, outcome, not_durable);
  };
  auto changed = change_trust(change, false);
  if (!changed)
    return Unexpected((outcome.stored.empty() ? std::move(changed) : but_stored(std::move(changed))).error());
  if (not_durable) return Unexpected(std::move(*not_durable));
  return outcome;
}

Result<std::vector<EntryKey>> Credentials::erase(std::span<const EntryKey> keys, const std::string& server,
                                                 std::span<const EntryKey> server_secrets) {
  MCPCRED_TRY(lock, lock_registry(file_));
  MCPCRED_TRY(registry, file_.load());
  for (const EntryKey& key : keys)
    if (Credential* credential = registry.find(key)) credential->pending = true;
  MCPCRED_CHECK(file_.save(registry));
  std::vector<EntryKey> removed;
  for (const EntryKey& key : keys) {
    MCPCRED_TRY(was_there, store_.erase(key));
    MCPCRED_CHECK(store_.erase(EntryKey::previous(key)));
    const bool was_known = registry.erase(key);
    registry.erase_hint(store_.traits().name, key);
    if (was_there || was_known) removed.push_back(key);
  }
  MCPCRED_TRY(left, stored_of(server_secrets));
  MCPCRED_TRY(text, trust_store_.get(EntryKey::keys()));
  if (!server.empty() && !keys.empty() && left.empty() && text) {
    // A broken seal, or damaged keys, are left as they are: removing must always work, and sealing anew would bless
    // what is there.
    if (auto own = StoreKeys::from_text(text->reveal()); own && registry.verify_trust(*own)) {
      const std::string& account = keys.front().account();
      std::erase_if(registry.trust.approvals,
                    [&](const Approval& a) { return a.server == server && a.account == account; });
      std::erase_if(registry.trust.companions,
                    [&](const CompanionValue& c) { return c.server == server && c.account == account; });
      MCPCRED_CHECK(seal_and_commit(registry, *own));
      return removed;
    }
  }
  MCPCRED_CHECK(commit(registry));
  return removed;
}

}  // namespace mcpcred
