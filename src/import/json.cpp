#include "core/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "mcpcred/ids.h"
#include "mcpcred/import.h"

namespace mcpcred {
namespace {

using nlohmann::json;

// Where the member stands, by looking for its name; 0 where that is written with escapes.
unsigned line_of_member(std::string_view text, const std::string& name) {
  const std::size_t at = text.find('"' + name + '"');
  if (at == std::string_view::npos) return 0;
  return 1 + static_cast<unsigned>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string kind_of(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  if (value.is_null()) return "null";
  return value.is_boolean() ? "a truth value" : "a number";
}

}  // namespace

Result<ImportedFile> parse_json_variables(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  auto parsed = parse_json(text, {kMaxImportBytes, 8});
  if (!parsed) {
    Error error = std::move(parsed).error();
    if (error.code == ErrorCode::kCorrupt) error.code = ErrorCode::kInvalidInput;
    error.hint = "a file to import is one JSON object: {\"NAME\": \"value\"}";
    return Unexpected(std::move(error));
  }
  if (!parsed->is_object())
    return fail(ErrorCode::kInvalidInput, "line 1: the file holds no JSON object",
                "a file to import is one JSON object: {\"NAME\": \"value\"}");
  ImportedFile file;
  for (auto& [name, value] : parsed->get_ref<json::object_t&>()) {
    const unsigned line = line_of_member(text, name);
    const bool named = VariableName::parse(name).has_value() && !looks_like_secret(name);
    const auto refuse = [&, &name = name](const std::string& reason, const std::string& hint) {
      file.refused.push_back({line, line, named ? name : std::string(), reason, hint});
    };
    if (!named) {
      refuse("the member's name cannot be a variable's name", "names are letters, digits and _");
    } else if (!value.is_string()) {
      refuse("the value is " + kind_of(value) + ", not a text", "put it between quotes");
    } else {
      auto& bytes = value.get_ref<std::string&>();
      Secret secret = Secret::copy_of(bytes);
      wipe(bytes.data(), bytes.size());
      if (secret.reveal().find('\0') != std::string_view::npos)
        refuse("the value has a NUL byte", "a variable cannot hold it");
      else
        file.values.push_back({name, line, std::move(secret)});
    }
  }
  return file;
}

}  // namespace mcpcred
