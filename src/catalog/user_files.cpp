#include "catalog/user_files.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "catalog/embedded.h"
#include "catalog/parser.h"
#include "core/encoding.h"
#include "core/json.h"
#include "platform/file.h"
#include "platform/fs_path.h"

namespace mcpcred {
namespace {

std::string shown_file(std::string_view name) {
  return "servers/" + printable(name.substr(0, 80));
}

// parse_json begins its messages with "line N, ".
void split_line(std::string_view message, CatalogProblem& problem) {
  constexpr std::string_view kStart = "line ";
  if (message.starts_with(kStart)) {
    const char* begin = message.data() + kStart.size();
    const auto [end, code] = std::from_chars(begin, message.data() + message.size(), problem.line);
    if (code == std::errc()) message.remove_prefix(static_cast<std::size_t>(end - message.data()));
    if (message.starts_with(", ")) message.remove_prefix(2);
  }
  problem.reason = std::string(message);
}

// A user's file for a built-in id replaces the top-level keys that it has.
Result<nlohmann::json> merged(const nlohmann::json& own, const EmbeddedServer& built_in) {
  MCPCRED_TRY(base, parse_json(built_in.text, {kMaxEntryBytes, 12}));
  for (const auto& item : own.items()) base[item.key()] = item.value();
  return std::move(base);
}

std::vector<std::string> declared(const CatalogServer& server) {
  std::vector<std::string> names;
  for (const CatalogVariable& variable : server.variables) names.push_back(variable.name);
  for (const Companion& companion : server.companions)
    if (companion.secret) names.push_back(companion.name);
  return names;
}

bool same_name_in(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& other) { return other == name || differs_only_in_case(other, name); });
}

// Says which of `names` belongs to another built-in entry than `id`; empty where none does.
std::string taken_from_built_in(const std::vector<std::string>& names, const std::string& id) {
  for (const std::string& name : names)
    if (const EmbeddedServer* owner = embedded_owner(name); owner != nullptr && owner->id != id)
      return name + " is declared by " + std::string(owner->id) + " already";
  return {};
}

void refuse(UserEntry& entry, const std::string& path) {
  entry.server.reset();
  entry.error = entry_error(entry.problem);
  entry.error.hint = "correct the file, or remove it: " + printable(path);
}

}  // namespace

std::string problem_text(const EntryProblem& problem) {
  return problem.path.empty() ? "the entry " + problem.reason : path_text(problem.path) + ": " + problem.reason;
}

Error entry_error(const CatalogProblem& problem) {
  const std::string line = problem.line == 0 ? "" : ":" + std::to_string(problem.line);
  return {ErrorCode::kInvalidInput, printable(problem.file) + line + ": " + problem.reason, {}, 0};
}

std::optional<nlohmann::json> parse_entry_text(std::string_view text, CatalogProblem& problem) {
  auto object = parse_json(text, {kMaxEntryBytes, 12});
  if (!object) {
    split_line(object.error().message, problem);
    return std::nullopt;
  }
  return std::move(*object);
}

std::vector<std::string> user_ids(const std::string& dir, std::vector<CatalogProblem>* problems) {
  std::vector<std::string> ids;
  if (dir.empty()) return ids;
  std::error_code code;
  std::filesystem::directory_iterator at(fs_path(dir), code);
  for (; !code && at != std::filesystem::directory_iterator(); at.increment(code)) {
    const std::string name = text_of(at->path().filename());
    if (name.starts_with('.') || !name.ends_with(".json")) continue;
    std::string id = name.substr(0, name.size() - 5);
    if (ServerId::parse(id))
      ids.push_back(std::move(id));
    else if (problems != nullptr)
      problems->push_back({shown_file(name), 0, "its name is no server's id: small letters, digits and - only"});
  }
  if (code && code != std::errc::no_such_file_or_directory && problems != nullptr)
    problems->push_back({printable(dir), 0, "cannot be listed: " + code.message()});
  std::sort(ids.begin(), ids.end());
  return ids;
}

UserEntry read_user_file(const std::string& dir, const std::string& id) {
  UserEntry entry;
  entry.problem.file = shown_file(id + ".json");
  const std::string path = dir + "/" + id + ".json";
  auto content = read_file(path, kMaxEntryBytes, FileCheck::kOwned);
  if (!content) {
    entry.exists = true;
    entry.error = content.error();
    entry.problem.reason = content.error().message;
    return entry;
  }
  if (!*content) return entry;
  entry.exists = true;
  const std::string_view text = (*content)->bytes.reveal();
  auto own = parse_entry_text(text, entry.problem);
  if (own && !own->is_object()) {
    entry.problem.line = 1;
    entry.problem.reason = "the entry is not an object";
  }
  if (!own || !own->is_object()) {
    refuse(entry, path);
    return entry;
  }
  const EmbeddedServer* built_in = embedded_server(id);
  EntryProblem problem;
  if (own->contains("from_guide")) problem.add({"from_guide"}, "is for the built-in entries");
  if (built_in != nullptr) {
    auto both = merged(*own, *built_in);
    if (both) own = std::move(*both);
  }
  auto server = problem.found() ? std::nullopt : read_entry(*own, PatternCheck::kCompile, problem);
  if (server && server->id.str() != id) problem.add({"id"}, "is not the file's name: " + id);
  if (problem.found()) {
    entry.problem.line = line_of(text, problem.path);
    entry.problem.reason = problem_text(problem);
    refuse(entry, path);
    return entry;
  }
  entry.server = std::move(server);
  entry.server->user_defined = true;
  entry.server->digest = hex_encode(sha256(text));
  return entry;
}

UserEntry load_user_entry(const std::string& dir, const std::string& id) {
  UserEntry entry = read_user_file(dir, id);
  if (!entry.server) return entry;
  const auto names = declared(*entry.server);
  std::string conflict = taken_from_built_in(names, id);
  const auto others = conflict.empty() ? user_ids(dir, nullptr) : std::vector<std::string>();
  for (const std::string& other_id : others) {
    const UserEntry other = other_id == id ? UserEntry() : read_user_file(dir, other_id);
    if (!other.server) continue;
    const auto theirs = declared(*other.server);
    // A file that is bad already takes nothing from this one.
    if (!taken_from_built_in(theirs, other_id).empty()) continue;
    for (const std::string& name : names)
      if (conflict.empty() && same_name_in(theirs, name))
        conflict = std::string(name).append(" is declared by ").append(other_id).append(" already");
  }
  if (conflict.empty()) return entry;
  entry.problem.reason = std::move(conflict);
  refuse(entry, dir + "/" + id + ".json");
  return entry;
}

}  // namespace mcpcred
