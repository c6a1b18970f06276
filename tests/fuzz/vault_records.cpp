// The content of a vault, as if its code were right: no text may crash the parsers, and what they accept has values.
#include "vault/vault_records.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/json.h"
#include "vault/vault_entry.h"

namespace {

/// The fast way of reading a line says what the JSON parser says.
void compare_ways(std::string_view line) {
  using namespace mcpcred;
  const auto fast = scan_vault_entry(line);
  if (!fast) return;
  const auto object = parse_json(line);
  if (!object) std::abort();
  const auto slow = entry_members(*object);
  if (!slow || slow->kind != fast->kind || slow->id != fast->id || slow->name != fast->name ||
      slow->account != fast->account || slow->value != fast->value || slow->encoded != fast->encoded ||
      slow->created != fast->created || slow->changed != fast->changed) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mcpcred;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  static_cast<void>(split_vault_text(input));
  static_cast<void>(parse_vault_header(input.substr(0, input.find('\n'))));

  for (std::string_view rest = input; rest.find('\n') != std::string_view::npos;) {
    const std::size_t end = rest.find('\n') + 1;
    compare_ways(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  const auto lines = static_cast<std::size_t>(std::count(input.begin(), input.end(), '\n'));
  const auto records = parse_vault_records(input, lines);
  if (!records) return 0;
  std::vector<std::string_view> kept;
  for (const VaultRecord& record : *records) {
    kept.push_back(record.line);
    if (!record.key) continue;
    const auto value = vault_record_value(record.line);
    if (!value || value->empty() || value->size() > kMaxSecretBytes) std::abort();
    const Secret again = format_vault_entry(*record.key, record.id, *value, record.created, record.created);
    const auto back = vault_record_value(again.reveal());
    if (!back || !(*back == *value)) std::abort();
  }
  // What was accepted can be framed, and taken apart into the same lines.
  VaultHeader header;
  header.vault_id = std::string(32, '0');
  header.generation = 1;
  const Secret key = Secret::copy_of("key");
  const auto text = format_vault_text(header, kept, key);
  if (!text) std::abort();
  const auto parts = split_vault_text(text->view());
  if (!parts || parts->records != input || !verify_vault_mac(*parts, key)) std::abort();
  return 0;
}
