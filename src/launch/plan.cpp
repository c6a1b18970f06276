#include <algorithm>

#include "core/encoding.h"
#include "mcpcred/launch.h"
#include "platform/process.h"

namespace mcpcred {
namespace {

std::string_view base_name(std::string_view path) {
  return path.substr(path.find_last_of("/\\") + 1);
}

// "npx -y @scope/name@latest …" and the like are recognised by the package, whatever its version.
std::string_view package_argument(const LaunchVariant& variant) {
  for (const std::string& argument : variant.args)
    if (!argument.starts_with('-') && argument != "run" && argument.find('=') == std::string::npos &&
        argument.find_first_of("/@") != std::string::npos)
      return argument;
  for (const std::string& argument : variant.args)
    if (!argument.starts_with('-') && argument != "run" && argument != "stdio") return argument;
  return {};
}

std::string_view without_version(std::string_view package) {
  const std::size_t at = package.find_last_of("@:");
  return at == std::string_view::npos || at == 0 ? package : package.substr(0, at);
}

bool is_command_of(const LaunchVariant& variant, std::span<const std::string> command) {
  if (base_name(command.front()) != base_name(variant.command)) return false;
  const std::string_view package = without_version(package_argument(variant));
  if (package.empty()) return true;
  return std::any_of(command.begin() + 1, command.end(), [&](const std::string& argument) {
    return argument == package || without_version(argument) == package;
  });
}

const LaunchVariant* variant_for(const CatalogServer& server, std::span<const std::string> command) {
  if (server.launch.empty()) return nullptr;
  if (!command.empty())
    for (const LaunchVariant& variant : server.launch)
      if (is_command_of(variant, command)) return &variant;
  return &server.launch.front();
}

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// {NAME} becomes the companion's value; ${NAME} is for the program itself (mcp-remote expands it).
Result<std::string> fill_companions(std::string_view text, const CatalogServer& server, const AccountName& account,
                                    const Registry& registry) {
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t close =
        text[i] == '{' && (i == 0 || text[i - 1] != '$') ? text.find('}', i) : std::string_view::npos;
    const std::string_view name =
        close == std::string_view::npos ? std::string_view() : text.substr(i + 1, close - i - 1);
    if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_character)) {
      filled += text[i];
      continue;
    }
    const std::string* value = registry.companion(server.id.str(), account.str(), name);
    if (value == nullptr)
      return fail(ErrorCode::kNotFound, server.id.str() + " also needs " + std::string(name),
                  "mcpcred store " + server.id.str() + " --set " + std::string(name) + "=VALUE");
    filled += *value;
    i = close;
  }
  return filled;
}

void collect_mappings(LaunchPlan& plan, const AccountName& account, const Registry& registry) {
  const CatalogServer& server = *plan.server;
  for (const EnvMapping& mapping : plan.variant->env) {
    if (std::find(plan.env_names.begin(), plan.env_names.end(), mapping.name) == plan.env_names.end())
      plan.env_names.push_back(mapping.name);
    const Companion* companion = server.companion(mapping.from);
    const bool is_secret = server.variable(mapping.from) != nullptr || (companion != nullptr && companion->secret);
    if (!is_secret) continue;
    const auto name = VariableName::parse(mapping.from);
    if (!name) continue;
    const EntryKey key(*name, account);
    if (std::find(plan.secrets.begin(), plan.secrets.end(), key) == plan.secrets.end()) plan.secrets.push_back(key);
  }
  std::sort(plan.env_names.begin(), plan.env_names.end());
  for (const Companion& companion : server.companions)
    if (is_bound_companion(server, companion))
      if (const std::string* value = registry.companion(server.id.str(), account.str(), companion.name))
        plan.hosts[companion.name] = *value;
}

const Approval* catalog_approval(const Registry& registry, const LaunchPlan& plan) {
  for (const Approval& approval : registry.trust.approvals)
    if (approval.catalog && approval.server == plan.server->id.str() && approval.account == plan.account &&
        approval.program == plan.program && !approval.executable.empty())
      return &approval;
  return nullptr;
}

}  // namespace

bool is_bound_companion(const CatalogServer& server, const Companion& companion) {
  if (companion.secret) return false;
  if (companion.host) return true;
  const std::string place = "{" + companion.name + "}";
  return std::any_of(server.launch.begin(), server.launch.end(), [&](const LaunchVariant& variant) {
    return std::any_of(variant.args.begin(), variant.args.end(), [&](const std::string& argument) {
      const std::size_t at = argument.find(place);
      return at != std::string::npos && (at == 0 || argument[at - 1] != '$');
    });
  });
}

Result<LaunchPlan> plan_launch(const CatalogServer& server, const AccountName& account, const Registry& registry,
                               std::span<const std::string> command, const LaunchPlace& place) {
  LaunchPlan plan;
  plan.server = &server;
  plan.account = account.str();
  plan.folder = place.folder;
  plan.variant = variant_for(server, command);
  if (plan.variant == nullptr)
    return fail(ErrorCode::kRefused, "the catalog knows no program to start for " + server.id.str(),
                "add one to its file in the servers folder: mcpcred catalog show " + server.id.str());
  if (!plan.variant->unusable.empty())
    return fail(ErrorCode::kRefused, plan.variant->package + " cannot be started safely: " + plan.variant->unusable,
                "the catalog's own: mcpcred run " + server.id.str());
  collect_mappings(plan, account, registry);
  if (!command.empty()) {
    plan.program = command.front();
    plan.args.assign(command.begin() + 1, command.end());
    MCPCRED_TRY(executable, find_executable(plan.program, place.path, place.folder));
    plan.executable = std::move(executable);
    return plan;
  }
  plan.catalog = true;
  plan.program = plan.variant->command;
  for (const std::string& argument : plan.variant->args) {
    MCPCRED_TRY(filled, fill_companions(argument, server, account, registry));
    plan.args.push_back(std::move(filled));
  }
  if (const Approval* approval = catalog_approval(registry, plan)) {
    plan.executable = approval->executable;
  } else if (auto executable = find_executable(plan.program, place.path, place.folder)) {
    plan.executable = std::move(*executable);
  }
  return plan;
}

std::string shown_command(std::string_view program, std::span<const std::string> args) {
  const auto quoted = [](std::string_view word) {
    constexpr std::string_view kPlain = "_./:@%+=,-";
    const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [&](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             kPlain.find(c) != std::string_view::npos;
    });
    if (plain) return std::string(word);
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
    return text + "'";
  };
  std::string shown = quoted(program);
  for (const std::string& argument : args) shown += " " + quoted(argument);
  return printable(shown);  // what a terminal would act on stands there escaped
}

}  // namespace mcpcred
