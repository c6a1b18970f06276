#include "cli/target.h"

#include <algorithm>

#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

Unexpected unknown_server(const Catalog& catalog, const std::string& word) {
  if (looks_like_secret(word))
    return fail(ErrorCode::kUnknownName, "that is no server's name, and looks like a secret",
                "secrets never go on the command line, where other programs and the shell's history see them: "
                "mcpcred store SERVER asks for it, --stdin reads it");
  std::string hint;
  for (const std::string& near : catalog.nearest(word)) hint += (hint.empty() ? "did you mean " : ", ") + near;
  if (!hint.empty()) hint += "?";
  hint += (hint.empty() ? "" : "\n") + std::string("the servers known: mcpcred catalog list");
  return fail(ErrorCode::kUnknownName, "no server is called '" + printable(word.substr(0, 40)) + "'", hint);
}

Result<Target> variable_target(const Catalog& catalog, std::string_view word, Details details) {
  if (word.find('=') != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput,
                "that is a name with a value, and a secret does not belong on the command line",
                "give the name alone, and the secret at the prompt or with --stdin");
  if (looks_like_secret(word) && !catalog.server_of(word))
    return fail(ErrorCode::kInvalidInput, "that looks like a secret, not like a name",
                "give the name, and the secret at the prompt or with --stdin: mcpcred store github");
  MCPCRED_TRY(variable, VariableName::parse(word));
  Target target;
  target.variables.push_back(variable);
  if (const auto id = catalog.server_of(word)) {
    if (details == Details::kNamesOnly) return target;
    MCPCRED_TRY(server, catalog.find(*id));
    target.server = std::move(server);
    return target;
  }
  std::string upper(word);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (upper != word && catalog.server_of(upper))
    return fail(ErrorCode::kInvalidInput, printable(word) + " differs from " + upper + " in letter case only",
                "use " + upper);
  return target;
}

}  // namespace

bool reads_as_variable(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

std::vector<EntryKey> Target::keys(const AccountName& account) const {
  std::vector<EntryKey> keys;
  keys.reserve(variables.size());
  for (const VariableName& variable : variables) keys.emplace_back(variable, account);
  return keys;
}

std::vector<EntryKey> Target::server_secrets(const AccountName& account) const {
  std::vector<EntryKey> keys;
  if (!server) return keys;
  const auto add = [&](const std::string& name) {
    if (const auto variable = VariableName::parse(name)) keys.emplace_back(*variable, account);
  };
  for (const CatalogVariable& variable : server->variables) add(variable.name);
  for (const Companion& companion : server->companions)
    if (companion.secret) add(companion.name);
  return keys;
}

std::string Target::label() const {
  return server ? server->id.str() : variables.front().str();
}

Result<Target> resolve_target(Context& context, const std::string& word, Details details) {
  MCPCRED_TRY(catalog, context.catalog());
  if (word.starts_with('$')) return variable_target(*catalog, std::string_view(word).substr(1), details);
  if (ServerId::parse(word)) {
    MCPCRED_TRY(server, catalog->find(word));
    if (server) {
      Target target;
      target.whole_server = true;
      for (const CatalogVariable& variable : server->variables) {
        MCPCRED_TRY(name, VariableName::parse(variable.name));
        target.variables.push_back(name);
      }
      target.server = std::move(server);
      return target;
    }
  }
  if (!reads_as_variable(word)) return unknown_server(*catalog, word);
  return variable_target(*catalog, word, details);
}

Result<CatalogServer> resolve_server(Context& context, const std::string& word) {
  MCPCRED_TRY(catalog, context.catalog());
  if (ServerId::parse(word)) {
    MCPCRED_TRY(server, catalog->find(word));
    if (server) return std::move(*server);
  }
  return unknown_server(*catalog, word);
}

}  // namespace mcpcred::cli
