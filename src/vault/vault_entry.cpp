#include "vault/vault_entry.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "mcpcred/ids.h"

namespace mcpcred {
namespace {

using nlohmann::json;

/// Reads literals and the strings between them; once something does not fit, nothing does any more.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool literal(std::string_view expected) {
    if (!good_ || !rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  void expect(std::string_view expected) { good_ = literal(expected); }
  /// Up to the next quote, which stays.
  std::string_view text() {
    const std::size_t end = good_ ? rest_.find('"') : std::string_view::npos;
    good_ = end != std::string_view::npos;
    if (!good_) return {};
    const std::string_view found = rest_.substr(0, end);
    good_ = std::none_of(found.begin(), found.end(),
                         [](char c) { return c == '\\' || static_cast<unsigned char>(c) < 0x20; });
    rest_.remove_prefix(end);
    return found;
  }
  bool at_end() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

const std::string* text_member(const json& object, const char* name) {
  const auto member = object.find(name);
  return member == object.end() ? nullptr : member->get_ptr<const std::string*>();
}

}  // namespace

std::optional<VaultEntryText> scan_vault_entry(std::string_view line) {
  Scanner scanner(line);
  VaultEntryText entry;
  scanner.expect(R"({"t":")");
  entry.kind = scanner.text();
  scanner.expect(R"(","id":")");
  entry.id = scanner.text();
  scanner.expect(R"(","name":")");
  entry.name = scanner.text();
  scanner.expect(R"(","account":")");
  entry.account = scanner.text();
  entry.encoded = scanner.literal(R"(","b64":")");
  if (!entry.encoded) scanner.expect(R"(","value":")");
  entry.value = scanner.text();
  scanner.expect(R"(","created":")");
  entry.created = scanner.text();
  scanner.expect(R"(","changed":")");
  entry.changed = scanner.text();
  scanner.expect("\"}\n");
  const bool known = entry.kind == "secret" || entry.kind == "keys" || entry.kind == "hidden";
  if (!scanner.at_end() || !known || !is_utf8(line)) return std::nullopt;
  return entry;
}

std::optional<VaultEntryText> entry_members(const json& object) {
  const std::string* kind = text_member(object, "t");
  const std::string* id = text_member(object, "id");
  const std::string* name = text_member(object, "name");
  const std::string* account = text_member(object, "account");
  const std::string* created = text_member(object, "created");
  const std::string* changed = text_member(object, "changed");
  const bool encoded = object.contains("b64");
  const std::string* value = text_member(object, encoded ? "b64" : "value");
  if (encoded && object.contains("value")) return std::nullopt;
  for (const std::string* member : {kind, id, name, account, created, changed, value}) {
    if (member == nullptr) return std::nullopt;
  }
  return VaultEntryText{*kind, *id, *name, *account, *value, encoded, *created, *changed};
}

void wipe_entry_value(json& object) {
  for (const char* name : {"value", "b64"}) {
    const auto member = object.find(name);
    if (member == object.end()) continue;
    if (auto* text = member->get_ptr<std::string*>()) wipe(text->data(), text->size());
  }
}

std::optional<Secret> entry_value(const VaultEntryText& text) {
  if (text.encoded) {
    if (text.value.size() > 2 * kMaxSecretBytes) return std::nullopt;
    auto value = base64_decode(text.value, Padding::kRequired);
    if (value && (value->empty() || value->size() > kMaxSecretBytes)) return std::nullopt;
    return value;
  }
  if (!is_entry_value(text)) return std::nullopt;
  return Secret::copy_of(text.value);
}

bool is_entry_value(const VaultEntryText& text) {
  if (text.encoded) return entry_value(text).has_value();
  return !text.value.empty() && text.value.size() <= kMaxSecretBytes && text.value.find('\0') == std::string_view::npos;
}

}  // namespace mcpcred
