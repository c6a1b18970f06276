#include "registry/trust_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "core/json.h"

namespace mcpcred {
namespace {

using nlohmann::json;

json to_json(const Approval& approval) {
  json object = {{"server", approval.server},
                 {"account", approval.account},
                 {"catalog", approval.catalog},
                 {"program", approval.program},
                 {"args", approval.args},
                 {"env", approval.env},
                 {"granted", format_timestamp(approval.granted)},
                 {"by", approval.by}};
  if (!approval.executable.empty()) object["executable"] = approval.executable;
  if (!approval.hosts.empty()) object["hosts"] = approval.hosts;
  if (!approval.entry.empty()) object["entry"] = approval.entry;
  if (!approval.sha256.empty()) object["sha256"] = approval.sha256;
  if (!approval.folder.empty()) object["folder"] = approval.folder;
  return object;
}

Result<Approval> approval_from(const json& object) {
  JsonReader reader(object, "approvals");
  Approval approval;
  approval.server = reader.text("server");
  approval.account = reader.text("account");
  approval.catalog = reader.flag("catalog");
  approval.program = reader.text("program");
  approval.executable = reader.optional_text("executable");
  approval.args = reader.optional_texts("args");
  approval.env = reader.optional_texts("env");
  approval.hosts = reader.optional_text_map("hosts");
  approval.entry = reader.optional_text("entry");
  approval.sha256 = reader.optional_text("sha256");
  approval.folder = reader.optional_text("folder");
  approval.granted = reader.timestamp("granted");
  approval.by = reader.text("by");
  MCPCRED_CHECK(reader.finish());
  return approval;
}

}  // namespace

json trust_to_json(const Trust& trust) {
  json object = {{"policy", policy_name(trust.policy)}, {"approvals", json::array()}, {"companions", json::array()}};
  for (const Approval& approval : trust.approvals) object["approvals"].push_back(to_json(approval));
  for (const CompanionValue& companion : trust.companions)
    object["companions"].push_back({{"server", companion.server},
                                    {"account", companion.account},
                                    {"name", companion.name},
                                    {"value", companion.value}});
  return object;
}

Result<Trust> trust_from_json(const json& object) {
  JsonReader reader(object, "trust");
  Trust trust;
  const auto policy = policy_from_name(reader.text("policy"));
  if (!policy) return fail(ErrorCode::kCorrupt, "trust: an unknown policy");
  trust.policy = *policy;
  for (const json& element : reader.array("approvals")) {
    MCPCRED_TRY(approval, approval_from(element));
    trust.approvals.push_back(std::move(approval));
  }
  for (const json& element : reader.array("companions")) {
    JsonReader inner(element, "companions");
    trust.companions.push_back({inner.text("server"), inner.text("account"), inner.text("name"), inner.text("value")});
    MCPCRED_CHECK(inner.finish());
  }
  MCPCRED_CHECK(reader.finish());
  return trust;
}

namespace {

// What the MAC is over: the store that the key came from, and the canonical text (sorted keys, no spaces) of the trust.
std::string trust_message(const Registry& registry) {
  const std::string id = registry.anchor ? registry.anchor->id : std::string();
  return "mcpcred-trust-v1\n" + registry.pinned_store + "\n" + id + "\n" + dump_json(trust_to_json(registry.trust));
}

}  // namespace

Result<void> Registry::verify_trust(const StoreKeys& keys) const {
  const bool counts = std::find(keys.seals.begin(), keys.seals.end(), trust_mac) != keys.seals.end();
  if (!trust_mac.empty() && equal_constant_time(trust_mac, make_seal(keys)) && counts) return {};
  return fail(ErrorCode::kTampered,
              trust_mac.empty() ? "the registry's approvals carry no seal, and this store was used before"
                                : "the registry's approvals, policy or settings were changed by something else",
              "nothing is released; see them: mcpcred approve --list\n"
              "at a terminal, to drop them all and start anew: mcpcred policy bound");
}

std::string Registry::make_seal(const StoreKeys& keys) const {
  return base64_encode(hmac_sha256(keys.registry.reveal(), trust_message(*this)).reveal(), Padding::kNone);
}

}  // namespace mcpcred
