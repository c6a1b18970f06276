#pragma once

#include <optional>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "mcpcred/secret.h"

// The line of a record that holds a value, taken apart.
namespace mcpcred {

/// Views of a line, or of a parsed one; as unchecked as it is.
struct VaultEntryText {
  std::string_view kind;
  std::string_view id;
  std::string_view name;
  std::string_view account;
  std::string_view value;
  bool encoded = false;  ///< `value` is base64
  std::string_view created;
  std::string_view changed;
};

/// The parts of a line spelled exactly as our writer does, without escapes in any of them; nullopt for all else that
/// JSON allows. Most lines are like this, and then no JSON parser leaves copies of the value in freed memory (and an
/// record costs a third).
std::optional<VaultEntryText> scan_vault_entry(std::string_view line);

/// The same from JSON; nullopt where a member is missing, or `value` and `b64` are both there.
std::optional<VaultEntryText> entry_members(const nlohmann::json& object);
/// Wipes the parser's copy of the value.
void wipe_entry_value(nlohmann::json& object);

/// The decoded value; nullopt where it is empty, too long, no base64 or holds NUL as text.
std::optional<Secret> entry_value(const VaultEntryText& text);
/// Whether entry_value() has a value.
bool is_entry_value(const VaultEntryText& text);

}  // namespace mcpcred
