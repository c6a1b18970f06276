#include <algorithm>

#include "core/encoding.h"
#include "mcpcred/credentials.h"

// What a store may settle by itself and what only a person may. Whoever gives a secret knows it already, and nothing is
// lost by where it goes; but a program that gives one secret, or none, must not redirect those that are stored, nor
// prepare where the next one goes.
namespace mcpcred {
namespace {

const Approval* catalog_approval(const Registry& registry, const StoreRequest& request) {
  for (const Approval& approval : registry.trust.approvals)
    if (approval.catalog && approval.server == request.server && approval.account == request.account.str())
      return &approval;
  return nullptr;
}

bool is_given(const StoreRequest& request, const std::string& name) {
  return std::any_of(request.companions.begin(), request.companions.end(),
                     [&](const CompanionValue& companion) { return companion.name == name; });
}

bool is_bound(const StoreRequest& request, const std::string& name) {
  return std::find(request.bound_names.begin(), request.bound_names.end(), name) != request.bound_names.end();
}

std::vector<std::string> redirections(const Registry& registry, const StoreRequest& request) {
  std::vector<std::string> concerns;
  for (const CompanionValue& companion : request.companions) {
    const std::string* present = registry.companion(companion.server, companion.account, companion.name);
    if (is_bound(request, companion.name) && (present == nullptr || *present != companion.value))
      concerns.push_back("the secret that is stored would go with " + companion.name + "=" +
                         printable(companion.value));
  }
  return concerns;
}

std::vector<std::string> approval_concerns(const StoreRequest& request, const Approval& wanted,
                                           const Approval* present) {
  std::vector<std::string> concerns;
  if (!wanted.entry.empty() && (present == nullptr || present->entry != wanted.entry))
    concerns.push_back(wanted.server + " is taken from your servers folder");
  for (const auto& [name, value] : wanted.hosts) {
    const bool approved = present != nullptr && present->hosts.contains(name) && present->hosts.at(name) == value;
    if (!approved && !is_given(request, name))
      concerns.push_back("it would go with " + name + "=" + printable(value) + ", which was set before");
  }
  if (present != nullptr && !present->executable.empty() && !wanted.executable.empty() &&
      present->executable != wanted.executable)
    concerns.push_back("it would be received by " + printable(wanted.executable) + ", and was approved for " +
                       printable(present->executable));
  return concerns;
}

}  // namespace

Result<std::vector<EntryKey>> Credentials::stored_of(std::span<const EntryKey> keys) {
  std::vector<EntryKey> stored;
  MCPCRED_TRY(values, store_.get_many(keys));
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (values[i]) stored.push_back(keys[i]);
  return stored;
}

// By the store, not by the registry, whose list of credentials anybody can edit.
Result<bool> Credentials::keeps_old_secret(const StoreRequest& request) {
  MCPCRED_TRY(stored, stored_of(request.server_secrets));
  return std::any_of(stored.begin(), stored.end(), [&](const EntryKey& key) {
    return std::none_of(request.values.begin(), request.values.end(),
                        [&](const NewValue& value) { return value.variable.str() == key.variable(); });
  });
}

Result<std::vector<std::string>> Credentials::concerns(const Registry& registry, const StoreRequest& request) {
  MCPCRED_TRY(keeps, keeps_old_secret(request));
  std::vector<std::string> found = keeps ? redirections(registry, request) : std::vector<std::string>();
  if (request.approval && (!request.values.empty() || !found.empty())) {
    Registry with_companions = registry;
    for (const CompanionValue& companion : request.companions) with_companions.set_companion(companion);
    MCPCRED_TRY(wanted, request.approval(with_companions));
    for (std::string& concern : approval_concerns(request, wanted, catalog_approval(registry, request)))
      found.push_back(std::move(concern));
  }
  return found;
}

Result<void> Credentials::set_companions(Registry& registry, const StoreRequest& request) {
  MCPCRED_TRY(keeps, keeps_old_secret(request));
  if (keeps && !request.confirmed) {
    const auto concerns = redirections(registry, request);
    if (!concerns.empty())
      return fail(ErrorCode::kRefused, concerns.front() + ", and only a person may allow that",
                  "type the command at a terminal, or give the secret with it");
  }
  for (const CompanionValue& companion : request.companions) registry.set_companion(companion);
  return {};
}

// Where something stays unsettled, nothing is approved: `run` refuses until a person has approved it. An approval of
// another program is dropped then, as it cannot be told which of the two the person meant.
Result<void> Credentials::set_approval(Registry& registry, const StoreRequest& request, StoreOutcome& outcome) {
  MCPCRED_TRY(wanted, request.approval(registry));
  const Approval* present = catalog_approval(registry, request);
  if (!request.confirmed) outcome.concerns = approval_concerns(request, wanted, present);
  if (!outcome.concerns.empty()) {
    if (present != nullptr && !wanted.executable.empty() && present->executable != wanted.executable)
      std::erase_if(registry.trust.approvals, [&](const Approval& approval) { return &approval == present; });
    return {};
  }
  if (present != nullptr && wanted.executable.empty()) wanted.executable = present->executable;
  const bool same = present != nullptr && present->executable == wanted.executable && present->entry == wanted.entry &&
                    present->hosts == wanted.hosts;
  outcome.approval = wanted;
  if (!same) registry.trust.add(std::move(wanted));
  return {};
}

}  // namespace mcpcred
