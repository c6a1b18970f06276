#include "vault/vault_records.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "core/json.h"
#include "vault/vault_entry.h"

namespace mcpcred {
namespace {

using nlohmann::json;

constexpr std::uint64_t kVersion = 1;
constexpr std::size_t kIdChars = 26;

Unexpected bad_record(std::size_t number, std::string_view reason) {
  return fail(ErrorCode::kCorrupt, "record " + std::to_string(number) + ": " + std::string(reason));
}

const std::string* text_member(const json& object, const char* name) {
  const auto member = object.find(name);
  return member == object.end() ? nullptr : member->get_ptr<const std::string*>();
}

std::optional<std::uint64_t> number_member(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_number_unsigned()) return std::nullopt;
  return member->get<std::uint64_t>();
}

bool is_lower_hex(std::string_view text, std::size_t size) {
  return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_record_id(std::string_view text) {
  return text.size() == kIdChars &&
         text.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string_view::npos;
}

RecordKind kind_of(std::string_view name) {
  if (name == "secret") return RecordKind::kSecret;
  if (name == "keys") return RecordKind::kKeys;
  if (name == "hidden") return RecordKind::kHidden;
  if (name == "recipient") return RecordKind::kRecipient;
  return RecordKind::kUnknown;
}

RecordKind kind_for(const EntryKey& key) {
  if (!key.is_hidden()) return RecordKind::kSecret;
  return key == EntryKey::keys() ? RecordKind::kKeys : RecordKind::kHidden;
}

Result<void> read_entry(const VaultEntryText& text, VaultRecord& record, std::size_t number) {
  auto key = EntryKey::from_stored(text.name, text.account);
  if (!key || kind_for(*key) != record.kind) return bad_record(number, "a name that its kind cannot have");
  if (!is_record_id(text.id)) return bad_record(number, "a bad id");
  if (!parse_timestamp(text.created) || !parse_timestamp(text.changed)) return bad_record(number, "a bad time");
  if (!is_entry_value(text)) return bad_record(number, "a bad value");
  record.id = text.id;
  record.key = std::move(*key);
  record.created = text.created;
  return {};
}

Result<VaultRecord> read_record(std::string_view line, std::size_t number) {
  VaultRecord record;
  record.line = line;
  if (const auto text = scan_vault_entry(line)) {
    record.kind = kind_of(text->kind);
    MCPCRED_CHECK(read_entry(*text, record, number));
    return record;
  }
  auto object = parse_json(line);
  if (!object || !object->is_object()) return bad_record(number, "not a JSON object");
  const std::string* kind = text_member(*object, "t");
  if (kind == nullptr || *kind == "end") return bad_record(number, "no kind, or an end before the end");
  record.kind = kind_of(*kind);
  if (record.kind == RecordKind::kRecipient) {
    const std::string* text = text_member(*object, "key");
    if (text == nullptr || !age::Recipient::parse(*text)) return bad_record(number, "a bad recipient");
    record.recipient = *text;
  } else if (record.kind == RecordKind::kUnknown) {
    const std::string* id = text_member(*object, "id");
    if (id != nullptr && !is_record_id(*id)) return bad_record(number, "a bad id");
    if (id != nullptr) record.id = *id;
  } else {
    const auto text = entry_members(*object);
    auto read = text ? read_entry(*text, record, number) : bad_record(number, "a member is missing or stands twice");
    wipe_entry_value(*object);
    MCPCRED_CHECK(std::move(read));
  }
  return record;
}

template <class T>
bool any_twice(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return std::adjacent_find(values.begin(), values.end()) != values.end();
}

bool any_twice(const std::vector<VaultRecord>& records) {
  std::vector<std::string_view> texts;  // ids and recipients cannot be taken for each other
  std::vector<std::pair<std::string_view, std::string_view>> names;
  for (const VaultRecord& record : records) {
    if (!record.id.empty()) texts.push_back(record.id);
    if (!record.recipient.empty()) texts.push_back(record.recipient);
    if (record.key) names.emplace_back(record.key->variable(), record.key->account());
  }
  return any_twice(std::move(texts)) || any_twice(std::move(names));
}

}  // namespace

Result<VaultHeader> parse_vault_header(std::string_view line) {
  const auto bad = [] { return fail(ErrorCode::kCorrupt, "bad first line of the vault's content"); };
  auto object = parse_json(line);
  if (!object || !object->is_object()) return bad();
  const std::string* magic = text_member(*object, "mcpcred");
  const auto version = number_member(*object, "v");
  const auto min_reader = number_member(*object, "min_reader");
  if (magic == nullptr || *magic != "vault" || !version || !min_reader || *version < 1) return bad();
  if (*version > kVersion || *min_reader > kVersion) {
    return fail(ErrorCode::kNewerVersion, "the vault was written by a newer mcpcred",
                "upgrade mcpcred, then try again");
  }
  const std::string* id = text_member(*object, "vault_id");
  const std::string* previous = text_member(*object, "prev");
  const std::string* time = text_member(*object, "ts");
  const auto generation = number_member(*object, "gen");
  const auto count = number_member(*object, "n");
  if (id == nullptr || previous == nullptr || time == nullptr || !generation || !count) return bad();
  const auto written = parse_timestamp(*time);
  if (!is_lower_hex(*id, 32) || !(previous->empty() || is_lower_hex(*previous, 64)) || !written || *generation < 1 ||
      *count > kMaxVaultRecords) {
    return bad();
  }
  VaultHeader header{*id, *generation, *previous, *written, static_cast<std::size_t>(*count), {}};
  for (const char* known : {"mcpcred", "v", "min_reader", "vault_id", "prev", "ts", "gen", "n"}) object->erase(known);
  if (!object->empty()) {
    const std::string others = dump_json(*object);
    header.others = ',' + others.substr(1, others.size() - 2);
  }
  return header;
}

Result<std::vector<VaultRecord>> parse_vault_records(std::string_view lines, std::size_t count) {
  const auto wrong_count = [] { return fail(ErrorCode::kCorrupt, "the vault's number of records is wrong"); };
  std::vector<VaultRecord> records;
  records.reserve(std::min(count, kMaxVaultRecords));
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos || records.size() >= kMaxVaultRecords) return wrong_count();
    MCPCRED_TRY(record, read_record(lines.substr(0, end + 1), records.size() + 1));
    records.push_back(std::move(record));
    lines.remove_prefix(end + 1);
  }
  if (records.size() != count) return wrong_count();
  const auto recipients = static_cast<std::size_t>(std::count_if(
      records.begin(), records.end(), [](const VaultRecord& r) { return r.kind == RecordKind::kRecipient; }));
  if (recipients > kMaxVaultRecipients) return fail(ErrorCode::kCorrupt, "the vault has too many recipients");
  if (any_twice(records)) return fail(ErrorCode::kCorrupt, "a record stands twice in the vault");
  return records;
}

Result<Secret> vault_record_value(std::string_view line) {
  std::optional<Secret> value;
  if (const auto text = scan_vault_entry(line)) {
    value = entry_value(*text);
  } else {
    MCPCRED_TRY(object, parse_json(line));
    if (const auto members = entry_members(object)) value = entry_value(*members);
    wipe_entry_value(object);
  }
  if (!value) return fail(ErrorCode::kCorrupt, "a record of the vault has no value");
  return std::move(*value);
}

}  // namespace mcpcred
