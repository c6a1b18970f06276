#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "catalog/parser.h"
#include "core/json.h"

namespace mcpcred {
namespace {

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The part of an address that decides where the request goes.
std::string_view authority(std::string_view url) {
  url.remove_prefix(std::min(url.size(), std::string_view("https://").size()));
  return url.substr(0, url.find_first_of("/?#"));
}

bool is_docker(std::string_view command) {
  const std::string_view program = command.substr(command.find_last_of("/\\") + 1);
  return program == "docker" || program == "podman";
}

// docker hands on only what it is told: "-e NAME", "--env NAME", "--env=NAME".
bool docker_passes(const std::vector<std::string>& args, const std::string& name) {
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--env=" + name || args[i] == "-e" + name) return true;
    if ((args[i] == "-e" || args[i] == "--env") && i + 1 < args.size() && args[i + 1] == name) return true;
  }
  return false;
}

void check_page(const CatalogServer& server, std::string_view key, const std::string& page, EntryProblem& problem) {
  if (page.empty()) return;
  for (const std::string& name : placeholders(page)) {
    const Companion* companion = server.companion(name);
    if (companion == nullptr || companion->secret)
      return problem.add({std::string(key)}, "{" + name + "} is no companion that may be shown");
  }
  if (!page.starts_with("https://") && !page.starts_with("{"))
    problem.add({std::string(key)}, "is no https:// address");
}

}  // namespace

JsonPath joined(JsonPath path, std::string_view key) {
  path.emplace_back(key);
  return path;
}

JsonPath joined(JsonPath path, std::string_view key, std::size_t index) {
  path.emplace_back(key);
  path.push_back(std::to_string(index));
  return path;
}

std::vector<std::string> placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos; open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const bool expanded_by_program = open > 0 && text[open - 1] == '$';
    if (!expanded_by_program && !name.empty() && std::all_of(name.begin(), name.end(), is_name_character))
      names.emplace_back(name);
  }
  return names;
}

void check_names(const CatalogServer& server, EntryProblem& problem) {
  std::vector<std::string> seen;
  const auto add = [&](const std::string& name, std::string_view list, std::size_t index) {
    for (const std::string& other : seen)
      if (other == name || differs_only_in_case(other, name))
        problem.add(joined(joined({}, list, index), "name"), "stands twice: " + name);
    seen.push_back(name);
  };
  for (std::size_t i = 0; i < server.variables.size(); ++i) add(server.variables[i].name, "variables", i);
  for (std::size_t i = 0; i < server.companions.size(); ++i) add(server.companions[i].name, "companions", i);

  for (std::size_t i = 0; i < server.variables.size(); ++i) {
    std::set<std::string> ids;
    const auto& formats = server.variables[i].formats;
    for (std::size_t k = 0; k < formats.size(); ++k)
      if (!ids.insert(formats[k].id).second)
        problem.add(joined(joined(joined({}, "variables", i), "formats", k), "id"), "stands twice: " + formats[k].id);
  }
  check_page(server, "create_page", server.create_page, problem);
  check_page(server, "revoke_page", server.revoke_page, problem);
}

void check_mappings(const CatalogServer& server, const std::vector<EnvMapping>& mappings, const JsonPath& at,
                    EntryProblem& problem) {
  for (std::size_t i = 0; i < mappings.size(); ++i) {
    const EnvMapping& mapping = mappings[i];
    JsonPath here = at;
    here.push_back(std::to_string(i));
    if (mapping.transform != TransformKind::kLiteral && server.variable(mapping.from) == nullptr &&
        server.companion(mapping.from) == nullptr)
      problem.add(joined(here, "from"), "is neither a variable nor a companion of this entry: " + mapping.from);
    if (mapping.transform == TransformKind::kJsonTemplate && !parse_json(mapping.text))
      problem.add(joined(here, "text"), "is no JSON");
    if (mapping.transform == TransformKind::kBasicTemplate)
      for (const std::string& name : placeholders(mapping.text))
        if (const Companion* companion = server.companion(name); companion == nullptr || companion->secret)
          problem.add(joined(here, "text"), "{" + name + "} is no companion");
    for (std::size_t k = 0; k < i; ++k)
      if (mappings[k].name == mapping.name && (mapping.when_prefix.empty() || mappings[k].when_prefix.empty() ||
                                               mapping.when_prefix == mappings[k].when_prefix))
        problem.add(joined(here, "name"), "stands twice: " + mapping.name);
  }
}

void check_launch(const CatalogServer& server, EntryProblem& problem) {
  std::set<std::string> ids;
  for (std::size_t i = 0; i < server.launch.size(); ++i) {
    const LaunchVariant& variant = server.launch[i];
    const JsonPath at = joined({}, "launch", i);
    if (!ids.insert(variant.id).second) problem.add(joined(at, "id"), "stands twice: " + variant.id);
    for (std::size_t k = 0; k < variant.args.size(); ++k)
      for (const std::string& name : placeholders(variant.args[k])) {
        const Companion* companion = server.companion(name);
        if (companion != nullptr && !companion->secret) continue;
        const bool secret = companion != nullptr || server.variable(name) != nullptr;
        problem.add(joined(at, "args", k), secret ? "{" + name + "} would put a secret on the command line"
                                                  : "{" + name + "} is no companion of this entry");
      }
    check_mappings(server, variant.env, joined(at, "env"), problem);
    for (std::size_t k = 0; is_docker(variant.command) && k < variant.env.size(); ++k)
      if (!docker_passes(variant.args, variant.env[k].name))
        problem.add(joined(joined(at, "env", k), "name"),
                    "is not handed on by docker: add \"-e\", \"" + variant.env[k].name + "\" to args");
  }
}

void check_remote(const CatalogServer& server, EntryProblem& problem) {
  for (std::size_t i = 0; i < server.remote.size(); ++i) {
    const RemoteEndpoint& endpoint = server.remote[i];
    const JsonPath at = joined({}, "remote", i);
    if (!endpoint.url.starts_with("https://") || endpoint.url.find_first_of(" @\\\"") != std::string::npos ||
        authority(endpoint.url).empty())
      problem.add(joined(at, "url"), "is no plain https:// address");
    for (const std::string& name : placeholders(endpoint.url)) {
      const Companion* companion = server.companion(name);
      if (companion == nullptr || companion->secret)
        problem.add(joined(at, "url"), "{" + name + "} is no companion that may stand in an address");
    }
    for (const std::string& name : placeholders(authority(endpoint.url)))
      if (const Companion* companion = server.companion(name);
          companion != nullptr && (!companion->host || companion->pattern.empty()))
        problem.add(joined(at, "url"), "{" + name + "} decides the host: it needs \"host\": true and a pattern");
    check_mappings(server, endpoint.headers, joined(at, "headers"), problem);
  }
}

}  // namespace mcpcred
