#include "mcpcred/catalog.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "catalog/embedded.h"
#include "catalog/parser.h"
#include "catalog/user_files.h"
#include "core/json.h"

namespace mcpcred {
namespace {

Result<std::optional<CatalogServer>> built_in_entry(const EmbeddedServer& server) {
  MCPCRED_TRY(object, parse_json(server.text, {kMaxEntryBytes, 12}));
  EntryProblem problem;
  auto entry = read_entry(object, PatternCheck::kTrusted, problem);
  if (!entry)
    return fail(ErrorCode::kInternal, "the built-in entry " + std::string(server.id) + ": " + problem_text(problem));
  return entry;
}

bool declares(const CatalogServer& server, std::string_view variable) {
  if (server.variable(variable) != nullptr) return true;
  const Companion* companion = server.companion(variable);
  return companion != nullptr && companion->secret;
}

}  // namespace

Catalog::Catalog(std::string servers_dir) : servers_dir_(std::move(servers_dir)) {}

Result<std::optional<CatalogServer>> Catalog::find(std::string_view id) const {
  const auto valid = ServerId::parse(id);
  if (!valid) return std::optional<CatalogServer>();
  if (!servers_dir_.empty()) {
    UserEntry own = load_user_entry(servers_dir_, valid->str());
    if (own.server) return std::move(own.server);
    if (own.exists) return Unexpected(std::move(own.error));
  }
  const EmbeddedServer* built_in = embedded_server(id);
  if (built_in == nullptr) return std::optional<CatalogServer>();
  return built_in_entry(*built_in);
}

std::optional<std::string> Catalog::server_of(std::string_view variable) const {
  const auto own = user_ids(servers_dir_, nullptr);
  const EmbeddedServer* built_in = embedded_owner(variable);
  if (built_in != nullptr &&
      (" " + std::string(built_in->variables) + " ").find(" " + std::string(variable) + " ") == std::string::npos)
    built_in = nullptr;  // the same letters in another case: nobody's
  if (built_in != nullptr) {
    const std::string id(built_in->id);
    if (!std::binary_search(own.begin(), own.end(), id)) return id;
    // Overridden. A bad file keeps the variable, so that the caller's find() tells what is wrong with it.
    const UserEntry entry = load_user_entry(servers_dir_, id);
    if (!entry.server || declares(*entry.server, variable)) return id;
    return std::nullopt;
  }
  for (const std::string& id : own) {
    const UserEntry entry = load_user_entry(servers_dir_, id);
    if (entry.server && declares(*entry.server, variable)) return id;
  }
  return std::nullopt;
}

std::vector<std::string> Catalog::ids() const {
  std::vector<std::string> guide;
  std::vector<std::string> further;
  for (const EmbeddedServer& server : embedded_servers()) (server.from_guide ? guide : further).emplace_back(server.id);
  for (const std::string& id : user_ids(servers_dir_, nullptr))
    if (embedded_server(id) == nullptr) further.push_back(id);
  std::sort(guide.begin(), guide.end());
  std::sort(further.begin(), further.end());
  guide.insert(guide.end(), further.begin(), further.end());
  return guide;
}

std::vector<CatalogName> Catalog::names() const {
  std::vector<CatalogName> all;
  for (std::string& id : ids()) {
    const EmbeddedServer* built_in = embedded_server(id);
    if (built_in != nullptr)
      all.push_back({std::move(id), std::string(built_in->name), std::string(built_in->variables), false});
    else
      all.push_back({std::move(id), "from your servers folder", "", true});
  }
  return all;
}

std::vector<CatalogProblem> Catalog::problems() const {
  std::vector<CatalogProblem> all;
  for (const std::string& id : user_ids(servers_dir_, &all)) {
    UserEntry entry = load_user_entry(servers_dir_, id);
    if (entry.exists && !entry.server) all.push_back(std::move(entry.problem));
  }
  return all;
}

}  // namespace mcpcred
