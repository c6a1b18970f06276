#include "cli/completion_words.h"

#include <algorithm>

#include "cli/target.h"
#include "core/encoding.h"
#include "mcpcred/clients.h"
#include "mcpcred/shell.h"
#include "store/platform_store.h"

namespace mcpcred::cli {
namespace {

// No shell sees more than a name in these.
bool is_plain(std::string_view word) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !word.empty() && (letter(word.front()) || word.front() == '-') &&
         std::all_of(word.begin(), word.end(),
                     [&](char c) { return letter(c) || std::string_view("-.@+").find(c) != std::string_view::npos; });
}

std::string server_of(const std::vector<CatalogName>& servers, std::string_view variable) {
  for (const CatalogName& server : servers)
    if ((" " + server.variables + " ").find(" " + std::string(variable) + " ") != std::string::npos) return server.id;
  return {};
}

}  // namespace

void CompletionWords::add(std::string_view word, std::string_view about) {
  if (!word.starts_with(typed_) || !is_plain(word)) return;
  if (std::find(words_.begin(), words_.end(), word) != words_.end()) return;
  words_.emplace_back(word);
  text_.append(option_).append(word);
  if (!about.empty()) text_ += "\t" + printable(about);
  text_ += "\n";
}

void CompletionWords::behind(std::string option) {
  typed_.erase(0, option.size());
  option_ = std::move(option);
}

void CompletionWords::leave_to_shell(WordKind kind) {
  if (kind == WordKind::kFile) directive_ = ":files\n";
  if (kind == WordKind::kFolder) directive_ = ":folders\n";
  if (kind == WordKind::kProgram) directive_ = ":programs\n";
}

std::string CompletionWords::text() const {
  return text_ + std::string(directive_);
}

void CompletionWords::add_servers() {
  const auto catalog = context_.catalog();
  if (!catalog) return;
  for (const CatalogName& server : (*catalog)->names()) add(server.id, server.name);
}

// Only names: of what mcpcred stored, and of what it saw there of other programs.
void CompletionWords::add_stored() {
  const auto registry = context_.registry();
  const auto catalog = context_.catalog();
  const auto account = context_.account();
  if (!catalog) return;
  const std::vector<CatalogName> servers = (*catalog)->names();
  std::vector<std::string> variables;
  if (registry && account) {
    for (const Credential& credential : (*registry)->credentials)
      if (credential.account == *account) variables.push_back(credential.variable.str());
    for (const ItemHint& hint : (*registry)->hints)
      if (!hint.key.is_hidden() && hint.key.account() == account->str()) variables.push_back(hint.key.variable());
  }
  std::vector<std::string> owners;
  owners.reserve(variables.size());
  for (const std::string& variable : variables) owners.push_back(server_of(servers, variable));
  for (const CatalogName& server : servers)
    if (server.user_defined || std::find(owners.begin(), owners.end(), server.id) != owners.end())
      add(server.id, server.name);
  for (std::size_t i = 0; i < variables.size(); ++i)
    if (reads_as_variable(variables[i])) add(variables[i], owners[i]);
  if (words_.empty()) add_servers();
}

void CompletionWords::add_stores() {
  add(platform_store_name(), "the system's own store");
  add("vault", "mcpcred's encrypted file");
  add("env", "the variables of the environment, read only");
}

void CompletionWords::add_accounts() {
  add("default", "");
  const auto registry = context_.registry();
  if (!registry) return;
  for (const Credential& credential : (*registry)->credentials) add(credential.account.str(), "");
}

void CompletionWords::add_environment() {
  for (const std::string_view entry : context_.outside().environment_entries)
    if (const std::size_t equals = entry.find('='); equals != std::string_view::npos) add(entry.substr(0, equals), "");
}

void CompletionWords::add_words(const WordSpec& spec) {
  for (const std::string& choice : spec.choices) add(choice, "");
  switch (spec.kind) {
    case WordKind::kAny:
      return;
    case WordKind::kServer:
      return add_servers();
    case WordKind::kStoredWord:
      return add_stored();
    case WordKind::kStoreWord: {
      add_servers();
      const auto catalog = context_.catalog();
      if (!catalog) return;
      for (const CatalogName& server : (*catalog)->names())
        for (std::string_view rest = server.variables; !rest.empty();) {
          const std::string_view name = rest.substr(0, rest.find(' '));
          add(name, server.name);
          rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        }
      return;
    }
    case WordKind::kStore:
      return add_stores();
    case WordKind::kAccount:
      return add_accounts();
    case WordKind::kClient:
      for (const auto& [id, name] : client_names()) add(id, name);
      return;
    case WordKind::kEnvironment:
      return add_environment();
    case WordKind::kShell:
      for (const ExportSyntax& syntax : export_syntaxes())
        if (syntax.is_shell) add(syntax.name, "");
      return;
    case WordKind::kFile:
    case WordKind::kFolder:
    case WordKind::kProgram:
      return leave_to_shell(spec.kind);
  }
}

}  // namespace mcpcred::cli
