#include <array>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "core/json.h"
#include "mcpcred/registry.h"

namespace mcpcred {
namespace {

constexpr std::size_t kKeyBytes = 32;

Secret random_key() {
  Secret key = Secret::of_size(kKeyBytes);
  random_fill(key.writable(), key.size());
  return key;
}

}  // namespace

StoreKeys StoreKeys::generate() {
  return {random_key(), random_key(), random_key(), {}, false};
}

Secret StoreKeys::to_text() const {
  Secret text;
  text.reserve(512);  // never moved: one buffer to wipe
  const auto add = [&](std::string_view name, const Secret& key) {
    text.append(name);
    std::string encoded = base64_encode(key.reveal(), Padding::kNone);
    text.append(encoded);
    wipe(encoded.data(), encoded.size());
  };
  add(R"({"v":1,"registry":")", registry);
  add(R"(","fingerprint":")", fingerprint);
  add(R"(","audit":")", audit);
  text.append(R"(","passphrase":)");
  text.append(passphrase ? "true" : "false");
  text.append(R"(,"seals":[)");
  bool first = true;
  for (const std::string& seal : seals) {
    text.append(first ? "\"" : ",\"");
    text.append(seal);  // base64: nothing to escape
    text.append("\"");
    first = false;
  }
  text.append("]}");
  return text;
}

Result<StoreKeys> StoreKeys::from_text(std::string_view text) {
  const Error damaged{ErrorCode::kCorrupt, "the store's own keys (mcpcred:keys) are damaged",
                      "nothing is released without them; in a vault: mcpcred vault recover goes back one generation\n"
                      "in a store of the system: remove that item, then at a terminal: mcpcred policy bound",
                      0};
  const auto object = parse_json(text);
  if (!object || !object->is_object()) return Unexpected(damaged);
  if (object->contains("v") && (*object)["v"].is_number_unsigned() && (*object)["v"].get<unsigned>() > 1)
    return fail(ErrorCode::kNewerVersion, "the store's own keys are of a newer mcpcred", "upgrade mcpcred");
  StoreKeys keys;
  const std::array<std::pair<const char*, Secret*>, 3> fields = {
      {{"registry", &keys.registry}, {"fingerprint", &keys.fingerprint}, {"audit", &keys.audit}}};
  for (const auto& [name, key] : fields) {
    const auto at = object->find(name);
    if (at == object->end() || !at->is_string()) return Unexpected(damaged);
    auto decoded = base64_decode(at->get_ref<const std::string&>(), Padding::kNone);
    if (!decoded || decoded->size() != kKeyBytes) return Unexpected(damaged);
    *key = std::move(*decoded);
  }
  const auto seals = object->find("seals");
  const auto passphrase = object->find("passphrase");
  if (seals == object->end() || !seals->is_array() || passphrase == object->end() || !passphrase->is_boolean())
    return Unexpected(damaged);
  keys.passphrase = passphrase->get<bool>();
  for (const nlohmann::json& seal : *seals) {
    if (!seal.is_string()) return Unexpected(damaged);
    keys.seals.push_back(seal.get<std::string>());
  }
  return keys;
}

std::string fingerprint(const StoreKeys& keys, const Secret& value) {
  const Secret tag = hmac_sha256(keys.fingerprint.reveal(), value.reveal());
  return hex_encode(tag.reveal().substr(0, 8));
}

std::string hint_proof(const StoreKeys& keys, std::string_view store, const EntryKey& key, const Secret& value) {
  // No name holds a NUL. The fingerprint's key serves other messages: those are values as they are, without this head.
  Secret message;
  message.reserve(value.size() + 1024);
  for (const std::string_view part : {std::string_view("mcpcred-hint-v1"), store, std::string_view(key.variable()),
                                      std::string_view(key.account())}) {
    message.append(part);
    message.append(std::string_view("\0", 1));
  }
  message.append(value.reveal());
  return hex_encode(hmac_sha256(keys.fingerprint.reveal(), message.reveal()).reveal().substr(0, 16));
}

}  // namespace mcpcred
