#include "core/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "mcpcred/ids.h"
#include "mcpcred/import.h"

namespace mcpcred {
namespace {

using nlohmann::json;

struct Member {
  std::string name;
  unsigned line = 0;
};

// The members of the object in the file's order, which the parsed one does not keep. `text` is sound JSON.
std::vector<Member> members_of(std::string_view text) {
  std::vector<Member> members;
  unsigned line = 1;
  int depth = 0;
  bool before_name = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth == 1 && (c == '{' || c == ',')) before_name = true;
    if (c != '"') continue;
    const std::size_t begin = at;
    for (++at; at < text.size() && text[at] != '"'; ++at)
      if (text[at] == '\\') ++at;
    if (!before_name) continue;
    before_name = false;
    const json name = json::parse(text.substr(begin, at + 1 - begin), nullptr, false);
    members.push_back({name.is_string() ? name.get<std::string>() : std::string(), line});
  }
  return members;
}

// One that nobody could take for a secret.
std::string name_to_show(const std::string& name) {
  constexpr std::size_t kLongest = 40;
  return name.size() > kLongest || looks_like_secret(name) ? std::string() : printable(name);
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
  std::size_t index = 0;
  for (const auto& [name, line] : members_of(text)) {
    ++index;
    const auto found = parsed->find(name);
    if (found == parsed->end()) continue;
    json& value = *found;
    const auto refuse = [&, line = line, &name = name](const std::string& reason, const std::string& hint) {
      file.refused.push_back({line, line, name_to_show(name), reason, hint});
    };
    if (!VariableName::parse(name) || looks_like_secret(name)) {
      refuse("the name of member " + std::to_string(index) + " cannot be a variable's name",
             "names are letters, digits and _");
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
