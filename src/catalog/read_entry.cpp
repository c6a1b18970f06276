#include <algorithm>
#include <nlohmann/json.hpp>

#include "catalog/parser.h"
#include "catalog/user_files.h"
#include "core/json.h"

namespace mcpcred {
namespace {

bool one_of(std::string_view text, std::initializer_list<std::string_view> choices) {
  return std::find(choices.begin(), choices.end(), text) != choices.end();
}

}  // namespace

const CatalogVariable* CatalogServer::variable(std::string_view wanted) const {
  for (const CatalogVariable& candidate : variables)
    if (candidate.name == wanted) return &candidate;
  return nullptr;
}

const Companion* CatalogServer::companion(std::string_view wanted) const {
  for (const Companion& candidate : companions)
    if (candidate.name == wanted) return &candidate;
  return nullptr;
}

std::optional<CatalogServer> read_entry(const nlohmann::json& object, PatternCheck patterns, EntryProblem& problem) {
  FieldReader fields(problem, object, {});
  // The last six are kept in the files for commands to come and for people.
  fields.only({"id",       "name",          "from_guide",  "token_type",  "setup_complexity",
               "scopes",   "server_scopes", "variables",   "companions",  "launch",
               "remote",   "create_page",   "revoke_page", "rotate_days", "rotate_source",
               "max_days", "notes",         "unverified",  "verify",      "scopes_readback",
               "expiry",   "revoke_api",    "rotate_api",  "sources"});
  auto id = ServerId::parse(fields.text("id", Need::kRequired));
  if (!id) {
    fields.wrong("id", "may hold small letters, digits and - only, at most 64");
    return std::nullopt;
  }
  CatalogServer server{
      .id = std::move(*id),
      .name = fields.text("name", Need::kRequired),
      .from_guide = fields.flag("from_guide", false),
      .user_defined = false,
      .digest = {},
      .token_type = fields.text("token_type", Need::kRequired),
      .setup_complexity = fields.text("setup_complexity", Need::kOptional),
      .scopes = fields.texts("scopes"),
      .server_scopes = fields.texts("server_scopes"),
      .variables = read_variables(fields, patterns),
      .companions = read_companions(fields, patterns),
      .launch = read_launch(fields),
      .remote = read_remote(fields),
      .create_page = fields.text("create_page", Need::kOptional),
      .revoke_page = fields.text("revoke_page", Need::kOptional),
      .rotate_days = fields.number("rotate_days", 1, 3650),
      .rotate_source = fields.text("rotate_source", Need::kOptional),
      .max_days = fields.number("max_days", 1, 3650),
      .notes = fields.texts("notes"),
      .unverified = fields.texts("unverified"),
  };
  if (!one_of(server.setup_complexity, {"", "low", "medium", "high"}))
    fields.wrong("setup_complexity", "is none of low, medium, high");
  if (!one_of(server.rotate_source, {"", "guide", "provider", "default"}))
    fields.wrong("rotate_source", "is none of guide, provider, default");
  fields.texts("sources");
  if (!problem.found()) {
    check_names(server, problem);
    check_launch(server, problem);
    check_remote(server, problem);
  }
  if (problem.found()) return std::nullopt;
  if (server.rotate_source.empty() && server.rotate_days) server.rotate_source = "default";
  return server;
}

Result<CatalogServer> parse_catalog_server(std::string_view json, std::string_view file) {
  CatalogProblem problem{std::string(file), 0, {}};
  auto object = parse_entry_text(json, problem);
  if (!object) return Unexpected(entry_error(problem));
  EntryProblem found;
  auto server = read_entry(*object, PatternCheck::kCompile, found);
  if (server) return std::move(*server);
  problem.line = line_of(json, found.path);
  problem.reason = problem_text(found);
  return Unexpected(entry_error(problem));
}

}  // namespace mcpcred
