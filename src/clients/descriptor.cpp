#include "clients/descriptor.h"

#include <nlohmann/json.hpp>

#include "catalog/field_reader.h"
#include "core/json.h"

namespace mcpcred {
namespace {

constexpr JsonLimits kLimits{64 * 1024, 12};

ConfigFormat format_of(FieldReader& entry) {
  const std::string name = entry.text("format", Need::kRequired);
  if (name == "jsonc") return ConfigFormat::kJsonc;
  if (name == "toml") return ConfigFormat::kToml;
  if (name == "yaml") return ConfigFormat::kYaml;
  if (name != "json") entry.wrong("format", "is none of json, jsonc, toml, yaml");
  return ConfigFormat::kJson;
}

// What is only said by others, or guessed, stays in the file for whoever confirms it.
void read_paths(FieldReader& entry, std::string_view system, ClientInfo& client) {
  for (FieldReader& path : entry.objects("paths", Need::kRequired)) {
    path.only({"scope", "status", "linux", "macos", "windows"});
    const std::string scope = path.text("scope", Need::kRequired);
    std::string here = path.text(system, Need::kOptional);
    const bool confirmed = path.text("status", Need::kRequired) == "confirmed";
    if (confirmed && !here.empty() && (scope == "user" || scope.starts_with("user-")))
      client.configs.push_back(std::move(here));
  }
}

}  // namespace

Result<ClientInfo> read_descriptor(std::string_view json, std::string_view system) {
  MCPCRED_TRY(object, parse_json(json, kLimits));
  EntryProblem problem;
  FieldReader entry(problem, object, {});
  entry.only(
      {"id", "name", "format", "servers_key", "paths", "signs", "overrides", "after_change", "sources", "unverified"});
  ClientInfo client;
  client.id = entry.text("id", Need::kRequired);
  client.name = entry.text("name", Need::kRequired);
  client.format = format_of(entry);
  client.servers_key = entry.text("servers_key", Need::kRequired);
  read_paths(entry, system, client);
  client.signs = entry.texts("signs");
  for (FieldReader& one : entry.objects("overrides")) {
    one.only({"variable", "path"});
    client.overrides.push_back({one.text("variable", Need::kRequired), one.text("path", Need::kRequired)});
  }
  client.after_change = entry.text("after_change", Need::kRequired);
  static_cast<void>(entry.texts("sources", Need::kRequired));
  static_cast<void>(entry.texts("unverified"));
  if (problem.found())
    return fail(ErrorCode::kInternal,
                "the descriptor of " + client.id + ": " + path_text(problem.path) + " " + problem.reason);
  return client;
}

}  // namespace mcpcred
