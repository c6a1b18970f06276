#include <algorithm>

#include "mcpcred/credentials.h"
#include "platform/file.h"
#include "platform/lock.h"

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

bool is_stored_now(const StoreRequest& request, const EntryKey& key) {
  return std::any_of(request.values.begin(), request.values.end(), [&](const NewValue& value) {
    return value.variable.str() == key.variable() && request.account.str() == key.account();
  });
}

// Whoever gives every secret of a server may say where they go; whoever gives only some may not redirect the others.
bool leaves_an_old_secret(const Registry& registry, const StoreRequest& request) {
  return std::any_of(request.server_secrets.begin(), request.server_secrets.end(), [&](const EntryKey& key) {
    return registry.find(key) != nullptr && !is_stored_now(request, key);
  });
}

Result<void> set_companions(Registry& registry, const StoreRequest& request) {
  const bool redirects = leaves_an_old_secret(registry, request) && !request.host_change_confirmed;
  for (const CompanionValue& companion : request.companions) {
    const bool host =
        std::find(request.host_names.begin(), request.host_names.end(), companion.name) != request.host_names.end();
    const std::string* present = registry.companion(companion.server, companion.account, companion.name);
    if (host && redirects && (present == nullptr || *present != companion.value))
      return fail(ErrorCode::kRefused,
                  companion.name + " says where the stored secret is sent to, so that a person has to confirm it",
                  "type the command at a terminal, or give the secret with it");
    registry.set_companion(companion);
  }
  return {};
}

Result<void> set_approval(Registry& registry, const StoreRequest& request, StoreOutcome& outcome) {
  MCPCRED_TRY(approval, request.approval(registry));
  const auto present =
      std::find_if(registry.trust.approvals.begin(), registry.trust.approvals.end(), [&](const Approval& other) {
        return other.catalog && other.server == approval.server && other.account == approval.account;
      });
  const bool same = present != registry.trust.approvals.end() && present->executable == approval.executable &&
                    present->entry == approval.entry && present->hosts == approval.hosts;
  if (!same && leaves_an_old_secret(registry, request) && !request.host_change_confirmed) {
    outcome.approval_kept = true;
    return {};
  }
  outcome.approval = approval;
  outcome.approved = true;
  if (approval.executable.empty()) outcome.missing_program = approval.program;
  if (!same) registry.trust.add(std::move(approval));
  return {};
}

}  // namespace

Result<StoreOutcome> Credentials::store(StoreRequest request) {
  StoreOutcome outcome;
  std::vector<EntryKey> keys;
  for (const NewValue& value : request.values) {
    MCPCRED_CHECK(check_put(store_.traits(), value.value));
    keys.emplace_back(value.variable, request.account);
  }
  if (!request.replace) {
    MCPCRED_TRY(present, store_.get_many(keys));
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (present[i])
        return fail(ErrorCode::kConflict, keys[i].variable() + " is stored already",
                    "to put the new value in its place: add --replace");
  }
  const auto change = [&](Registry& registry) -> Result<void> {
    MCPCRED_CHECK(check_letter_case(registry, request));
    MCPCRED_CHECK(set_companions(registry, request));
    if (request.approval) MCPCRED_CHECK(set_approval(registry, request, outcome));
    if (!request.replace) {  // once more: another process may have been faster
      MCPCRED_TRY(present, store_.get_many(keys));
      for (std::size_t i = 0; i < keys.size(); ++i)
        if (present[i])
          return fail(ErrorCode::kConflict, keys[i].variable() + " has been stored meanwhile",
                      "to put the new value in its place: add --replace");
    }
    MCPCRED_TRY(own, store_.get(EntryKey::keys()));
    if (!own) return fail(ErrorCode::kInternal, "the store lost its own keys");
    MCPCRED_TRY(store_keys, StoreKeys::from_text(own->reveal()));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      MCPCRED_CHECK(store_.put(keys[i], request.values[i].value));
      Credential credential =
          describe(registry, store_keys, store_.traits().name, now_, request.account, request.values[i]);
      for (const Credential& other : registry.credentials)
        if (other.key() != credential.key() && other.fingerprint == credential.fingerprint)
          outcome.same_value_as.push_back(other.variable.str());
      outcome.stored.push_back(credential);
      registry.upsert(std::move(credential));
    }
    return {};
  };
  MCPCRED_CHECK(change_trust(change, false));
  return outcome;
}

Result<std::vector<EntryKey>> Credentials::erase(std::span<const EntryKey> keys, const std::string& server,
                                                 std::span<const EntryKey> server_secrets) {
  MCPCRED_CHECK(make_private_dir(file_.state_dir()));
  MCPCRED_TRY(lock, FileLock::acquire(file_.lock_path()));
  MCPCRED_TRY(registry, file_.load());
  std::vector<EntryKey> removed;
  for (const EntryKey& key : keys) {
    MCPCRED_TRY(was_there, store_.erase(key));
    MCPCRED_CHECK(store_.erase(EntryKey::previous(key)));
    const bool was_known = registry.erase(key);
    if (was_there || was_known) removed.push_back(key);
  }
  const bool last_one = !server.empty() && !keys.empty() &&
                        std::none_of(server_secrets.begin(), server_secrets.end(),
                                     [&](const EntryKey& key) { return registry.find(key) != nullptr; });
  if (last_one) {
    const std::string& account = keys.front().account();
    MCPCRED_TRY(text, store_.get(EntryKey::keys()));
    // A broken seal is left as it is: removing must always work, and sealing anew would bless what is there.
    if (text) {
      MCPCRED_TRY(own, StoreKeys::from_text(text->reveal()));
      if (registry.verify_trust(own)) {
        std::erase_if(registry.trust.approvals,
                      [&](const Approval& a) { return a.server == server && a.account == account; });
        std::erase_if(registry.trust.companions,
                      [&](const CompanionValue& c) { return c.server == server && c.account == account; });
        registry.seal_trust(own);
      }
    }
  }
  MCPCRED_CHECK(commit(registry));
  return removed;
}

}  // namespace mcpcred
