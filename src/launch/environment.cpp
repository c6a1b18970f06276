#include <algorithm>
#include <set>

#include "mcpcred/launch.h"
#include "platform/paths.h"
#include "platform/process.h"

namespace mcpcred {
namespace {

// What would make the loader of the child run or load something else, and what is only meant for us.
bool is_dropped(std::string_view name) {  // as environment_key() writes it
  return name.starts_with("LD_") || name.starts_with("DYLD_") || name == "GCONV_PATH" || name.starts_with("MCPCRED_");
}

// A host in the caller's environment must not redirect the credential: only an approved one is handed on.
std::set<std::string, std::less<>> names_we_decide(const LaunchPlan& plan) {
  std::set<std::string, std::less<>> names;
  for (const std::string& name : plan.env_names) names.insert(environment_key(name));
  for (const Companion& companion : plan.server->companions)
    if (companion.host) names.insert(environment_key(companion.name));
  return names;
}

bool holds_content(std::string_view value) {
  return value.find('\n') != std::string_view::npos;
}

// Kubernetes: one variable that some servers want as a path and others as the text itself.
bool may_be_path(const CatalogServer& server, std::string_view variable) {
  return std::any_of(server.launch.begin(), server.launch.end(), [&](const LaunchVariant& variant) {
    return std::any_of(variant.env.begin(), variant.env.end(),
                       [&](const EnvMapping& mapping) { return mapping.wants_path && mapping.from == variable; });
  });
}

Result<void> check_value(const LaunchPlan& plan, const EnvMapping& mapping, std::string_view value) {
  const std::string& id = plan.server->id.str();
  if (value.find('\0') != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput, mapping.from + " has a NUL byte, which no environment variable can hold",
                "store it again without one: mcpcred store " + mapping.from + " --replace");
  if (mapping.wants_path && holds_content(value))
    return fail(ErrorCode::kInvalidInput,
                plan.variant->package + " wants the path of a file, and " + mapping.from + " holds the file's content",
                "store the path, or use the server that reads the content: mcpcred catalog show " + id);
  if (!mapping.wants_path && may_be_path(*plan.server, mapping.from) && !holds_content(value))
    return fail(ErrorCode::kInvalidInput,
                plan.variant->package + " wants the content of a file, and " + mapping.from + " holds a path",
                "store the content: mcpcred store " + mapping.from + " --replace --from-file FILE");
  return {};
}

Secret entry_of(std::string_view name, const Secret& value) {
  Secret entry;
  entry.reserve(name.size() + value.size() + 2);
  entry.append(name);
  entry.append("=");
  entry.append(value.reveal());
  return entry;
}

// The mapping's value as stored: a literal, a companion or a secret; nullopt where nothing is.
Result<std::optional<Secret>> source_of(const LaunchPlan& plan, const Registry& registry, const EnvMapping& mapping,
                                        std::span<const std::optional<Secret>> values) {
  if (mapping.transform == TransformKind::kLiteral) return std::optional<Secret>(Secret());
  for (std::size_t i = 0; i < plan.secrets.size() && i < values.size(); ++i)
    if (plan.secrets[i].variable() == mapping.from)
      return values[i] ? std::optional<Secret>(values[i]->clone()) : std::nullopt;
  if (const std::string* value = registry.companion(plan.server->id.str(), plan.account, mapping.from))
    return std::optional<Secret>(Secret::copy_of(*value));
  return std::optional<Secret>();
}

Unexpected missing(const LaunchPlan& plan, const EnvMapping& mapping) {
  const std::string& id = plan.server->id.str();
  if (plan.server->variable(mapping.from) != nullptr)
    return fail(ErrorCode::kNotFound, mapping.from + " is not stored", "mcpcred store " + id);
  return fail(ErrorCode::kNotFound, id + " also needs " + mapping.from,
              "mcpcred store " + id + " --set " + mapping.from + "=VALUE");
}

// npx and uvx start helpers that lie beside them. First, so that no other folder of the caller's PATH can slip its own
// interpreter under the approved program.
Secret path_entry(std::string_view inherited, const std::string& executable) {
  const char separator = path_list_separator();
  const std::string folder = native_path(executable.substr(0, executable.find_last_of('/')));
  std::string path = "PATH=" + folder;
  while (!inherited.empty()) {
    const std::string_view next = inherited.substr(0, inherited.find(separator));
    if (!next.empty() && next != folder) path += separator + std::string(next);
    inherited.remove_prefix(std::min(inherited.size(), next.size() + 1));
  }
  return Secret::copy_of(path);
}

}  // namespace

Result<std::vector<Secret>> build_environment(const LaunchPlan& plan, const Registry& registry,
                                              std::span<const std::optional<Secret>> values,
                                              std::span<const std::string_view> inherited) {
  std::vector<Secret> environment;
  environment.reserve(inherited.size() + plan.variant->env.size() + 1);
  const auto decided = names_we_decide(plan);
  std::string_view path;
  for (const std::string_view entry : inherited) {
    const std::string name = environment_key(entry.substr(0, entry.find('=')));
    if (name == "PATH") path = entry.substr(std::min(entry.size(), name.size() + 1));
    if (name != "PATH" && !is_dropped(name) && !decided.contains(name)) environment.push_back(Secret::copy_of(entry));
  }
  environment.push_back(path_entry(path, plan.executable));

  std::set<std::string, std::less<>> set;
  const EnvMapping* unmet = nullptr;
  for (const EnvMapping& mapping : plan.variant->env) {
    MCPCRED_TRY(source, source_of(plan, registry, mapping, values));
    const bool fits = source && source->reveal().starts_with(mapping.when_prefix);
    if (!fits) {
      if (mapping.required && unmet == nullptr && !source) return missing(plan, mapping);
      if (mapping.required && unmet == nullptr) unmet = &mapping;
      continue;
    }
    MCPCRED_CHECK(check_value(plan, mapping, source->reveal()));
    MCPCRED_TRY(value, apply_transform(mapping, source->reveal()));
    environment.push_back(entry_of(mapping.name, value));
    set.insert(mapping.from);
  }
  // Of several mappings that wait for a prefix, one has to fit.
  if (unmet != nullptr && !set.contains(unmet->from))
    return fail(ErrorCode::kInvalidInput,
                "the kind of token in " + unmet->from + " does not fit " + plan.variant->package,
                "which kinds do: mcpcred catalog show " + plan.server->id.str());
  return environment;
}

}  // namespace mcpcred
