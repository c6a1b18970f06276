#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/json.h"
#include "mcpcred/registry.h"
#include "registry/trust_json.h"

// The registry's text. A field that is empty is not written; a field that is not known is refused, so that an older
// program never drops what a newer one wrote (that one raises the version).
namespace mcpcred {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;
constexpr JsonLimits kLimits{16 * 1024 * 1024, 8};

json to_json(const Credential& credential) {
  json object = {{"variable", credential.variable.str()},
                 {"account", credential.account.str()},
                 {"store", credential.store},
                 {"created", format_timestamp(credential.created)},
                 {"stored", format_timestamp(credential.stored)},
                 {"format", verdict_name(credential.verdict)},
                 {"checksum", credential.checksum}};
  if (credential.expires) object["expires"] = format_date(*credential.expires);
  if (!credential.kind.empty()) object["kind"] = credential.kind;
  if (!credential.note.empty()) object["note"] = credential.note;
  if (credential.pending) object["pending"] = true;
  if (!credential.fingerprint.empty()) object["fingerprint"] = credential.fingerprint;
  return object;
}

Result<Credential> credential_from(const json& object) {
  JsonReader reader(object, "credentials");
  MCPCRED_TRY(variable, VariableName::parse(reader.text("variable")));
  MCPCRED_TRY(account, AccountName::parse(reader.text("account")));
  Credential credential{variable, account, reader.text("store")};
  credential.created = reader.timestamp("created");
  credential.stored = reader.timestamp("stored");
  credential.expires = reader.optional_date("expires");
  const auto verdict = verdict_from_name(reader.text("format"));
  if (!verdict) return fail(ErrorCode::kCorrupt, "credentials: an unknown format verdict");
  credential.verdict = *verdict;
  credential.checksum = reader.flag("checksum");
  credential.pending = reader.flag("pending");
  credential.kind = reader.optional_text("kind");
  credential.note = reader.optional_text("note");
  credential.fingerprint = reader.optional_text("fingerprint");
  MCPCRED_CHECK(reader.finish());
  return credential;
}

// Short names: a shell start parses this once a credential.
json to_json(const ItemHint& hint) {
  json object = {{"store", hint.store}, {"name", hint.key.variable()}, {"account", hint.key.account()}};
  if (!hint.address.empty()) object["at"] = hint.address;
  if (!hint.proof.empty()) object["proof"] = hint.proof;
  return object;
}

Result<ItemHint> hint_from(const json& object) {
  JsonReader reader(object, "hints");
  const std::string store = reader.text("store");
  MCPCRED_TRY(key, EntryKey::from_stored(reader.text("name"), reader.text("account")));
  ItemHint hint{store, key, reader.optional_text("at"), reader.optional_text("proof")};
  MCPCRED_CHECK(reader.finish());
  return hint;
}

}  // namespace

std::string format_registry(const Registry& registry) {
  json object = {{"mcpcred", "registry"}, {"version", kVersion}, {"trust", trust_to_json(registry.trust)}};
  object["credentials"] = json::array();
  for (const Credential& credential : registry.credentials) object["credentials"].push_back(to_json(credential));
  if (!registry.pinned_store.empty()) object["store"] = registry.pinned_store;
  if (registry.anchor) object["anchor"] = {{"id", registry.anchor->id}, {"generation", registry.anchor->generation}};
  if (!registry.looked.empty()) object["looked"] = registry.looked;
  if (!registry.moved_from.empty()) object["moved_from"] = registry.moved_from;
  for (const ItemHint& hint : registry.hints) object["hints"].push_back(to_json(hint));
  if (!registry.trust_mac.empty()) object["mac"] = registry.trust_mac;
  return object.dump(1, '\t', false, json::error_handler_t::replace) + "\n";
}

Result<Registry> parse_registry(std::string_view text) {
  MCPCRED_TRY(object, parse_json(text, kLimits));
  if (!object.is_object()) return fail(ErrorCode::kCorrupt, "the registry is no JSON object");
  JsonReader reader(object, "registry");
  if (reader.text("mcpcred") != "registry") return fail(ErrorCode::kCorrupt, "this is no registry of mcpcred");
  const std::uint64_t version = reader.number("version");
  if (version > kVersion)
    return fail(ErrorCode::kNewerVersion,
                "the registry was written by a newer mcpcred (version " + std::to_string(version) + ")",
                "upgrade mcpcred; this one knows version 1");
  Registry registry;
  registry.pinned_store = reader.optional_text("store");
  registry.trust_mac = reader.optional_text("mac");
  registry.looked = reader.optional_text("looked");
  registry.moved_from = reader.optional_text("moved_from");
  if (const json* anchor = reader.optional_object("anchor")) {
    JsonReader inner(*anchor, "anchor");
    registry.anchor = StoreAnchor{inner.text("id"), inner.number("generation")};
    MCPCRED_CHECK(inner.finish());
  }
  if (const json* trust = reader.optional_object("trust")) {
    MCPCRED_TRY(parsed, trust_from_json(*trust));
    registry.trust = std::move(parsed);
  }
  for (const json& element : reader.array("credentials")) {
    MCPCRED_TRY(credential, credential_from(element));
    registry.credentials.push_back(std::move(credential));
  }
  for (const json& element : reader.optional_array("hints")) {
    MCPCRED_TRY(hint, hint_from(element));
    registry.set_hint(std::move(hint));
  }
  MCPCRED_CHECK(reader.finish());
  const auto before = [](const Credential& a, const Credential& b) { return a.key() < b.key(); };
  std::sort(registry.credentials.begin(), registry.credentials.end(), before);
  const auto twice = std::adjacent_find(registry.credentials.begin(), registry.credentials.end(),
                                        [](const auto& a, const auto& b) { return a.key() == b.key(); });
  if (twice != registry.credentials.end())
    return fail(ErrorCode::kCorrupt, "credentials: " + twice->variable.str() + " stands twice");
  return registry;
}

}  // namespace mcpcred
