#include "cli/commands/store_values.h"

#include <algorithm>
#include <regex>

#include "core/encoding.h"
#include "platform/file.h"

namespace mcpcred::cli {
namespace {

const Companion* companion_of(const Target& target, std::string_view name) {
  return target.server ? target.server->companion(name) : nullptr;
}

// Patterns of companions are short and anchored; values are bounded before they come here.
bool matches(const std::string& pattern, const std::string& value) {
  try {
    return pattern.empty() || std::regex_match(value, std::regex(pattern));
  } catch (const std::regex_error&) {
    return true;  // the catalog's loader has refused such a pattern
  }
}

Result<void> add_settings(const Target& target, const StoreOptions& options, StoreRequest& request) {
  for (const std::string& setting : options.set) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorCode::kUsage, "--set takes NAME=VALUE", "mcpcred store --help");
    MCPCRED_TRY(value, companion_value(target, request, setting.substr(0, equals), setting.substr(equals + 1)));
    request.companions.push_back(std::move(value));
  }
  return {};
}

void drop_line_end(Secret& value) {
  std::string_view text = value.reveal();
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.size() != value.size() && text.ends_with('\r')) text.remove_suffix(1);
  value.truncate(text.size());
}

Result<Secret> value_from_outside(Context& context, const StoreOptions& options) {
  if (options.from_env) {
    std::optional<std::string> text = context.outside().environment(*options.from_env);
    if (!text) return fail(ErrorCode::kNotFound, "that environment variable is not set");
    Secret value = Secret::copy_of(*text);
    wipe(text->data(), text->size());
    return value;
  }
  Secret value;
  if (options.from_file) {
    MCPCRED_TRY(content, read_file(*options.from_file, kMaxSecretBytes + 2, FileCheck::kNone));
    if (!content) return fail(ErrorCode::kNotFound, printable(*options.from_file) + " does not exist");
    value = std::move(content->bytes);
  } else {
    MCPCRED_TRY(read, context.io().read_stdin(kMaxSecretBytes + 2));
    value = std::move(read);
  }
  if (!options.exact) drop_line_end(value);
  return value;
}

Result<NewValue> make_dated_value(const Target& target, const StoreOptions& options, const VariableName& variable,
                                  Secret secret) {
  MCPCRED_TRY(value, make_value(target, variable, std::move(secret)));
  if (options.expires) {
    MCPCRED_TRY(date, parse_date(*options.expires));
    value.expires = date;
  }
  return std::move(value);
}

// "GitHub needs one credential, GITHUB_TOKEN (personal access token; scopes repo, workflow, read:org)"
void introduce(Context& context, const Target& target) {
  if (!target.server) return;
  const CatalogServer& server = *target.server;
  std::string names;
  for (const VariableName& variable : target.variables) names += (names.empty() ? "" : " and ") + variable.str();
  std::string scopes;
  for (const std::string& scope : server.scopes) scopes += (scopes.empty() ? "; scopes " : ", ") + scope;
  context.say(server.name + (target.variables.size() == 1 ? " needs one credential, " : " needs the credentials ") +
              names + " (" + server.token_type + scopes + ")");
}

// Once the settings are known that the page's address holds.
void show_create_page(Context& context, const Target& target, const Registry& registry, const StoreRequest& request) {
  if (!target.server) return;
  std::string page = target.server->create_page;
  for (const Companion& companion : target.server->companions) {
    const std::string placeholder = "{" + companion.name + "}";
    const std::string* value = registry.companion(request.server, request.account.str(), companion.name);
    for (const CompanionValue& given : request.companions)
      if (given.name == companion.name) value = &given.value;
    if (value == nullptr) continue;
    if (const std::size_t at = page.find(placeholder); at != std::string::npos)
      page.replace(at, placeholder.size(), *value);
  }
  if (!page.empty()) context.say("Create one: " + page);
  context.say("Use one made for MCP, not your personal token");
}

Result<void> ask_for_companions(Context& context, const Target& target, const Registry& registry,
                                StoreRequest& request) {
  if (!target.server || !target.whole_server) return {};
  for (const Companion& companion : target.server->companions) {
    const bool given = std::any_of(request.companions.begin(), request.companions.end(),
                                   [&](const CompanionValue& value) { return value.name == companion.name; });
    if (!companion.required || companion.secret || given ||
        registry.companion(request.server, request.account.str(), companion.name) != nullptr)
      continue;
    MCPCRED_TRY(answer,
                context.person().line(companion.name + " (" + companion.label +
                                      (companion.example.empty() ? "" : ", such as " + companion.example) + "): "));
    MCPCRED_TRY(value, companion_value(target, request, companion.name, answer));
    request.companions.push_back(std::move(value));
  }
  return {};
}

Result<void> ask_for_values(Context& context, const Target& target, const StoreOptions& options,
                            const Registry& registry, StoreRequest& request) {
  if (!context.person().present())
    return fail(ErrorCode::kUsage, "there is no terminal to type the secret at",
                "pipe it in: mcpcred store " + target.label() + " --stdin, or use --from-env or --from-file");
  if (!options.introduced) introduce(context, target);
  MCPCRED_CHECK(ask_for_companions(context, target, registry, request));
  if (!options.introduced) show_create_page(context, target, registry, request);
  for (const VariableName& variable : target.variables) {
    MCPCRED_TRY(secret, context.person().secret(variable.str() + " (not shown): ", kMaxSecretBytes));
    const CatalogVariable* known = target.server ? target.server->variable(variable.str()) : nullptr;
    if (secret.empty() && target.variables.size() > 1 && (known == nullptr || !known->required)) continue;
    MCPCRED_TRY(value, make_dated_value(target, options, variable, std::move(secret)));
    request.values.push_back(std::move(value));
  }
  return {};
}

Result<void> settle_replacement(Context& context, const Target& target, const StoreOptions& options,
                                Credentials& credentials, StoreRequest& request) {
  request.replace = options.replace || context.options.yes;
  if (request.replace) return {};
  const std::vector<EntryKey> keys = target.keys(request.account);
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_TRY(present, credentials.load_many(*registry, keys));
  std::string names;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (present[i]) names += (names.empty() ? "" : " and ") + keys[i].variable();
  if (names.empty()) return {};
  if (!context.person().present())
    return fail(ErrorCode::kConflict, names + " is stored already", "to put the new value in its place: add --replace");
  MCPCRED_TRY(yes, context.confirm(names + " is stored already. Replace it?"));
  if (!yes) return fail(ErrorCode::kDenied, "nothing was changed");
  request.replace = true;
  return {};
}

}  // namespace

Result<CompanionValue> companion_value(const Target& target, const StoreRequest& request, const std::string& name,
                                       const std::string& value) {
  const Companion* companion = companion_of(target, name);
  if (companion == nullptr) {
    std::string known;
    if (target.server)
      for (const Companion& other : target.server->companions)
        if (!other.secret) known += (known.empty() ? "" : ", ") + other.name;
    return fail(ErrorCode::kInvalidInput, target.label() + " has no setting of that name",
                known.empty() ? "it has none" : "it has: " + known);
  }
  if (companion->secret)
    return fail(ErrorCode::kUsage, name + " is a secret, and does not belong on the command line",
                "mcpcred store " + name + " --stdin");
  constexpr std::size_t kMaxCompanion = 1024;
  if (value.empty() || value.size() > kMaxCompanion || printable(value) != value || !matches(companion->pattern, value))
    return fail(ErrorCode::kInvalidInput, name + (value.empty() ? " is needed" : " cannot have that value"),
                companion->example.empty() ? companion->label : "for example: " + companion->example);
  return CompanionValue{request.server, request.account.str(), name, value};
}

Result<NewValue> make_value(const Target& target, const VariableName& variable, Secret secret) {
  if (secret.empty())
    return fail(ErrorCode::kInvalidInput, "the value of " + variable.str() + " is empty", "nothing was stored");
  NewValue value{variable, std::move(secret)};
  if (target.server)
    if (const CatalogVariable* known = target.server->variable(variable.str()))
      value.finding = inspect_value(*known, value.value.reveal());
  return value;
}

Result<void> collect_values(Context& context, const Target& target, const StoreOptions& options,
                            const Registry& registry, Credentials& credentials, StoreRequest& request) {
  const int sources = (options.from_stdin ? 1 : 0) + (options.from_env ? 1 : 0) + (options.from_file ? 1 : 0);
  if (sources > 1)
    return fail(ErrorCode::kUsage, "--stdin, --from-env and --from-file exclude each other", "mcpcred store --help");
  MCPCRED_CHECK(add_settings(target, options, request));
  // Settings alone may be changed without typing the secret again.
  if (sources == 0 && !options.set.empty()) {
    if (options.expires) return fail(ErrorCode::kUsage, "--expires goes with a value", "mcpcred store --help");
    const std::vector<EntryKey> keys = target.keys(request.account);
    if (std::any_of(keys.begin(), keys.end(), [&](const EntryKey& key) { return registry.find(key) != nullptr; }) ||
        !context.person().present())
      return {};
  }
  if (sources == 1 && target.variables.size() != 1) {
    std::string names;
    for (const VariableName& variable : target.variables) names += (names.empty() ? "" : ", ") + variable.str();
    return fail(ErrorCode::kUsage, target.label() + " has several variables, and one value was given",
                "store each by its name: " + names);
  }
  MCPCRED_CHECK(settle_replacement(context, target, options, credentials, request));
  if (sources == 0) return ask_for_values(context, target, options, registry, request);
  MCPCRED_TRY(secret, value_from_outside(context, options));
  MCPCRED_TRY(value, make_dated_value(target, options, target.variables.front(), std::move(secret)));
  request.values.push_back(std::move(value));
  return {};
}

}  // namespace mcpcred::cli
