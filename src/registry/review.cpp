#include "mcpcred/review.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "core/hints.h"

namespace mcpcred {
namespace {

constexpr std::array<std::string_view, 3> kSeverities = {"ok", "warning", "error"};
constexpr std::array<std::string_view, 6> kStates = {"ok", "due", "expired", "missing", "unfinished", "changed"};
constexpr std::chrono::days kSoon(7);

void add_format_finding(ReviewItem& item, const std::string& note) {
  switch (item.verdict) {
    case FormatVerdict::kBadChecksum:
      item.findings.push_back({"bad_checksum", Severity::kWarning,
                               "the checksum of this " + item.kind + " does not fit: mistyped or cut?", item.hint});
      break;
    case FormatVerdict::kWrongKind:
      item.findings.push_back({"wrong_kind", Severity::kWarning, note.empty() ? item.kind : note, {}});
      break;
    case FormatVerdict::kMalformed:
      item.findings.push_back(
          {"malformed", Severity::kWarning, note.empty() ? "it looks like no token of this provider" : note, {}});
      break;
    case FormatVerdict::kOk:
      // A known kind may still want a companion (AWS session keys) or be at its end.
      if (!note.empty()) item.findings.push_back({"note", Severity::kOk, note, {}});
      break;
    case FormatVerdict::kUnknown:
      item.findings.push_back({"format_unknown", Severity::kOk, "format not known, not looked at", {}});
      break;
  }
}

void judge_dates(ReviewItem& item, Date today) {
  const std::string rotate = "mcpcred store " + item.variable + " --replace" + account_option(item.account);
  if (item.expires && *item.expires <= today) {
    item.state = CredentialState::kExpired;
    item.hint = rotate;
  } else if (item.schedule.due && *item.schedule.due <= today) {
    item.state = CredentialState::kDue;
    item.hint = rotate;
  } else if (item.expires && *item.expires - today <= kSoon) {
    item.findings.push_back({"expires_soon", Severity::kWarning, "ends on " + format_date(*item.expires), rotate});
  }
}

ReviewItem item_for(const Credential& credential, const std::string& server_id, const CatalogServer* server,
                    Timestamp now) {
  ReviewItem item{server_id, credential.variable.str(), credential.account.str(), credential.store};
  item.stored = credential.stored;
  item.expires = credential.expires;
  item.schedule = schedule_for(server, credential.stored, credential.expires);
  item.verdict = credential.verdict;
  item.kind = credential.kind;
  judge_dates(item, std::chrono::floor<std::chrono::days>(now));
  add_format_finding(item, credential.note);
  if (credential.pending) {
    item.state = CredentialState::kUnfinished;
    item.hint = "mcpcred store " + item.variable + " --replace" + account_option(item.account);
    item.findings.push_back({"unfinished", Severity::kError,
                             "a command that changed it was stopped half way; the value may be the old or the new one",
                             item.hint});
  }
  return item;
}

// Every server that is named, or that has one of its secrets stored, has to have all it needs.
void add_needs(std::vector<ReviewItem>& items, const Registry& registry, const CatalogServer& server,
               const std::string& account, const std::string& store) {
  ReviewItem* first = nullptr;
  for (const CatalogVariable& variable : server.variables) {
    const auto present = std::find_if(items.begin(), items.end(), [&](const ReviewItem& item) {
      return item.variable == variable.name && item.account == account;
    });
    if (present != items.end()) {
      if (first == nullptr) first = &*present;
    } else if (variable.required) {
      ReviewItem missing{server.id.str(), variable.name, account, store, CredentialState::kMissing};
      missing.hint =
          "mcpcred store " + (server.variables.size() == 1 ? server.id.str() : variable.name) + account_option(account);
      items.push_back(std::move(missing));
      first = nullptr;  // push_back may have moved what it pointed to
    }
  }
  if (first == nullptr) return;
  const bool approved =
      registry.trust.policy == Policy::kOpen ||
      std::any_of(registry.trust.approvals.begin(), registry.trust.approvals.end(), [&](const Approval& a) {
        return a.server == server.id.str() && a.account == account && !a.executable.empty();
      });
  if (!approved && !server.launch.empty())
    first->findings.push_back({"not_approved", Severity::kOk, "no program may receive it yet",
                               "mcpcred approve " + server.id.str() + account_option(account)});
  for (const Companion& companion : server.companions)
    if (companion.required && !companion.secret &&
        registry.companion(server.id.str(), account, companion.name) == nullptr)
      first->findings.push_back(
          {"companion_missing", Severity::kWarning, server.id.str() + " also needs " + companion.name,
           "mcpcred store " + server.id.str() + account_option(account) + " --set " + companion.name + "=VALUE"});
}

void find_equal_values(std::vector<ReviewItem>& items, const Registry& registry) {
  for (ReviewItem& item : items) {
    const auto variable = VariableName::parse(item.variable);
    const auto account = AccountName::parse(item.account);
    if (!variable || !account) continue;
    const Credential* own = registry.find(EntryKey(*variable, *account));
    if (own == nullptr || own->fingerprint.empty()) continue;
    for (const Credential& other : registry.credentials)
      if (&other != own && other.fingerprint == own->fingerprint && other.store == own->store)
        item.findings.push_back({"same_value",
                                 Severity::kWarning,
                                 "the same value is stored as " + other.variable.str() +
                                     (other.account == own->account ? "" : " of " + other.account.str()),
                                 {}});
  }
}

std::optional<CatalogServer> server_named(const Catalog& catalog, const std::string& id) {
  if (id.empty()) return std::nullopt;
  auto found = catalog.find(id);
  return found ? std::move(*found) : std::nullopt;
}

void sort_items(std::vector<ReviewItem>& items) {
  std::sort(items.begin(), items.end(), [](const ReviewItem& a, const ReviewItem& b) {
    return std::tie(a.server, a.variable, a.account) < std::tie(b.server, b.variable, b.account);
  });
}

}  // namespace

std::string_view severity_name(Severity severity) {
  return kSeverities[static_cast<std::size_t>(severity)];
}
std::string_view state_name(CredentialState state) {
  return kStates[static_cast<std::size_t>(state)];
}

Severity ReviewItem::severity() const {
  Severity worst = state == CredentialState::kOk ? Severity::kOk : Severity::kError;
  for (const ReviewFinding& finding : findings) worst = std::max(worst, finding.severity);
  return worst;
}

std::vector<ReviewItem> review_registry(const Registry& registry, const Catalog& catalog,
                                        const ReviewRequest& request) {
  std::vector<ReviewItem> items;
  std::vector<std::pair<std::string, std::string>> needs;  // server, account
  const auto wanted = [&](const std::string& id) {
    return request.servers.empty() ||
           std::find(request.servers.begin(), request.servers.end(), id) != request.servers.end();
  };
  for (const std::string& id : request.servers)
    needs.emplace_back(id, request.account.empty() ? "default" : request.account);
  std::map<std::string, std::optional<CatalogServer>> servers;
  for (const Credential& credential : registry.credentials) {
    if (!request.account.empty() && credential.account.str() != request.account) continue;
    const std::string id = catalog.server_of(credential.variable.str()).value_or("");
    if (!wanted(id)) continue;
    const auto at = servers.try_emplace(id).first;
    if (!at->second) at->second = server_named(catalog, id);
    items.push_back(item_for(credential, id, at->second ? &*at->second : nullptr, request.now));
    if (!id.empty() && !at->second)
      items.back().findings.push_back(
          {"catalog_file", Severity::kError,
           "its file in the servers folder cannot be used, so that its schedule is not known",
           "mcpcred catalog show " + id});
    if (!id.empty()) needs.emplace_back(id, credential.account.str());
  }
  for (const EntryKey& key : request.outside) {
    if (!request.account.empty() && key.account() != request.account) continue;
    const std::string id = catalog.server_of(key.variable()).value_or("");
    if (!wanted(id)) continue;
    items.push_back({id, key.variable(), key.account(), request.store});
    items.back().findings.push_back(
        {"not_ours", Severity::kOk, "stored by another program, age not known",
         "to take it over: mcpcred store " + key.variable() + " --replace" + account_option(key.account())});
    if (!id.empty()) needs.emplace_back(id, key.account());
  }
  std::sort(needs.begin(), needs.end());
  needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
  for (const auto& [id, account] : needs) {
    const auto at = servers.try_emplace(id).first;
    if (!at->second) at->second = server_named(catalog, id);
    if (at->second) add_needs(items, registry, *at->second, account, request.store);
  }
  find_equal_values(items, registry);
  sort_items(items);
  return items;
}

std::vector<ReviewItem> review_values(const Catalog& catalog, const ReviewRequest& request,
                                      const std::vector<EntryKey>& keys,
                                      const std::vector<std::optional<Secret>>& values) {
  std::vector<ReviewItem> items;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string id = catalog.server_of(keys[i].variable()).value_or("");
    ReviewItem item{id, keys[i].variable(), keys[i].account(), request.store};
    if (!values[i]) {
      item.state = CredentialState::kMissing;
      item.hint = "set " + item.variable + " in the environment of this job";
    } else {
      review_outside_value(item, catalog, request.now, *values[i]);
    }
    items.push_back(std::move(item));
  }
  sort_items(items);
  return items;
}

void review_outside_value(ReviewItem& item, const Catalog& catalog, Timestamp now, const Secret& value) {
  const auto server = server_named(catalog, item.server);
  const CatalogVariable* variable = server ? server->variable(item.variable) : nullptr;
  if (variable == nullptr) return;
  const FormatFinding finding = inspect_value(*variable, value.reveal());
  item.verdict = finding.verdict;
  item.kind = finding.kind;
  item.expires = finding.expires;
  judge_dates(item, std::chrono::floor<std::chrono::days>(now));
  add_format_finding(item, finding.note);
}

void review_value(ReviewItem& item, const Credential& credential, const Catalog& catalog, const StoreKeys& keys,
                  const std::optional<Secret>& value) {
  if (!value || fingerprint(keys, *value) != credential.fingerprint) {
    item.state = CredentialState::kChanged;
    item.hint = "mcpcred store " + item.variable + " --replace" + account_option(item.account);
    item.findings.push_back({value ? "value_changed" : "value_gone", Severity::kError,
                             value ? "the store holds another value than the one that was stored by mcpcred"
                                   : "the store has no value under this name any more",
                             item.hint});
    return;
  }
  const auto server = server_named(catalog, item.server);
  const CatalogVariable* variable = server ? server->variable(item.variable) : nullptr;
  if (variable == nullptr) return;
  const FormatFinding now = inspect_value(*variable, value->reveal());
  if (now.verdict == item.verdict) return;
  item.verdict = now.verdict;
  item.kind = now.kind;
  std::erase_if(item.findings, [](const ReviewFinding& finding) {
    return finding.code == "bad_checksum" || finding.code == "wrong_kind" || finding.code == "malformed";
  });
  add_format_finding(item, now.note);
}

}  // namespace mcpcred
