#include "mcpcred/registry.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mcpcred {
namespace {

constexpr std::array<std::pair<Policy, std::string_view>, 3> kPolicies = {{
    {Policy::kBound, "bound"},
    {Policy::kStrict, "strict"},
    {Policy::kOpen, "open"},
}};

}  // namespace

std::string_view policy_name(Policy policy) {
  return kPolicies[static_cast<std::size_t>(policy)].second;
}

std::optional<Policy> policy_from_name(std::string_view name) {
  for (const auto& [policy, text] : kPolicies)
    if (text == name) return policy;
  return std::nullopt;
}

Credential* Registry::find(const EntryKey& key) {
  return const_cast<Credential*>(std::as_const(*this).find(key));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

const Credential* Registry::find(const EntryKey& key) const {
  const auto at = std::find_if(credentials.begin(), credentials.end(),
                               [&](const Credential& credential) { return credential.key() == key; });
  return at == credentials.end() ? nullptr : &*at;
}

void Registry::upsert(Credential credential) {
  const auto at = std::lower_bound(credentials.begin(), credentials.end(), credential,
                                   [](const Credential& a, const Credential& b) { return a.key() < b.key(); });
  if (at != credentials.end() && at->key() == credential.key())
    *at = std::move(credential);
  else
    credentials.insert(at, std::move(credential));
}

bool Registry::erase(const EntryKey& key) {
  return std::erase_if(credentials, [&](const Credential& credential) { return credential.key() == key; }) != 0;
}

namespace {

bool before(const ItemHint& hint, std::string_view store, const EntryKey& key) {
  return hint.store != store ? hint.store < store : hint.key < key;
}

auto place_of(std::vector<ItemHint>& hints, std::string_view store, const EntryKey& key) {
  return std::lower_bound(hints.begin(), hints.end(), store,
                          [&](const ItemHint& hint, std::string_view wanted) { return before(hint, wanted, key); });
}

}  // namespace

const ItemHint* Registry::hint(std::string_view store, const EntryKey& key) const {
  const auto at =
      std::lower_bound(hints.begin(), hints.end(), store,
                       [&](const ItemHint& hint, std::string_view wanted) { return before(hint, wanted, key); });
  return at != hints.end() && at->store == store && at->key == key ? &*at : nullptr;
}

void Registry::set_hint(ItemHint hint) {
  const auto at = place_of(hints, hint.store, hint.key);
  if (at != hints.end() && at->store == hint.store && at->key == hint.key)
    *at = std::move(hint);
  else
    hints.insert(at, std::move(hint));
}

void Registry::erase_hint(std::string_view store, const EntryKey& key) {
  std::erase_if(hints, [&](const ItemHint& hint) { return hint.store == store && hint.key == key; });
}

const std::string* Registry::companion(std::string_view server, std::string_view account, std::string_view name) const {
  for (const CompanionValue& value : trust.companions)
    if (value.server == server && value.account == account && value.name == name) return &value.value;
  return nullptr;
}

void Registry::set_companion(CompanionValue value) {
  for (CompanionValue& present : trust.companions) {
    if (present.server == value.server && present.account == value.account && present.name == value.name) {
      present.value = std::move(value.value);
      return;
    }
  }
  trust.companions.push_back(std::move(value));
}

void Trust::add(Approval approval) {
  std::erase_if(approvals, [&](const Approval& present) {
    return present.server == approval.server && present.account == approval.account &&
           present.catalog == approval.catalog &&
           (approval.catalog || (present.executable == approval.executable && present.args == approval.args));
  });
  approvals.push_back(std::move(approval));
}

}  // namespace mcpcred
