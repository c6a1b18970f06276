#include <algorithm>

#include "cli/commands/import_store.h"
#include "cli/commands/setup.h"
#include "cli/output.h"
#include "core/encoding.h"
#include "platform/file.h"

namespace mcpcred::cli {
namespace {

constexpr std::size_t kMostNameBytes = 64UL * 1024;
constexpr std::size_t kMostValueBytes = 1024UL * 1024;

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// One line of `rest`, without its end, which is taken off.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return line;
}

Result<std::vector<Target>> read_targets(Context& context, const std::string& file) {
  MCPCRED_TRY(content, read_file(file, kMostNameBytes, FileCheck::kNone));
  if (!content) return fail(ErrorCode::kNotFound, printable(file) + " does not exist");
  std::string_view rest = content->bytes.reveal();
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  std::vector<Target> targets;
  for (unsigned number = 1; !rest.empty(); ++number) {
    const std::string_view line = trimmed(next_line(rest));
    if (line.empty() || line.front() == '#') continue;
    auto target = resolve_target(context, std::string(line));
    if (!target) {
      target.error().message = printable(file) + ":" + std::to_string(number) + ": " + target.error().message;
      return Unexpected(std::move(target).error());
    }
    targets.push_back(std::move(*target));
  }
  if (targets.empty())
    return fail(ErrorCode::kInvalidInput, printable(file) + " names nothing", "one server or variable a line");
  return targets;
}

void add_value(ImportedFile& content, const VariableName& variable, Secret value) {
  content.values.push_back({variable.str(), 0, std::move(value)});
}

Result<ImportedFile> values_from_stdin(Context& context, const std::vector<Target>& targets) {
  for (const Target& target : targets) {
    if (target.variables.size() == 1) continue;
    std::string names;
    for (const VariableName& variable : target.variables) names += (names.empty() ? "" : ", ") + variable.str();
    return fail(ErrorCode::kInvalidInput, target.label() + " has several variables, and a line is one value",
                "put their names into the file, a line each: " + names);
  }
  MCPCRED_TRY(input, context.io().read_stdin(kMostValueBytes));
  std::string_view rest = input.reveal();
  ImportedFile content;
  for (const Target& target : targets) {
    if (rest.empty())
      return fail(ErrorCode::kInvalidInput,
                  "standard input has " + std::to_string(content.values.size()) + " lines for " +
                      std::to_string(targets.size()) + " names",
                  "nothing was stored; one value a line, in the order of the names");
    std::string_view line = next_line(rest);
    if (line.ends_with('\r')) line.remove_suffix(1);
    add_value(content, target.variables.front(), Secret::copy_of(line));
  }
  if (!trimmed(rest).empty())
    return fail(ErrorCode::kInvalidInput, "standard input has more lines than there are names", "nothing was stored");
  return content;
}

Result<ImportedFile> values_from_environment(Context& context, const std::vector<Target>& targets) {
  ImportedFile content;
  for (const Target& target : targets) {
    std::size_t found = 0;
    for (const VariableName& variable : target.variables) {
      std::optional<std::string> text = context.outside().environment(variable.str());
      const CatalogVariable* known = target.server ? target.server->variable(variable.str()) : nullptr;
      if (!text || text->empty()) {
        if (known != nullptr && !known->required) continue;
        return fail(ErrorCode::kNotFound, "the environment variable " + variable.str() + " is not set",
                    "nothing was stored");
      }
      Secret secret = Secret::copy_of(*text);
      wipe(text->data(), text->size());
      add_value(content, variable, std::move(secret));
      ++found;
    }
    if (found == 0)
      return fail(ErrorCode::kNotFound, "no environment variable of " + target.label() + " is set",
                  "nothing was stored");
  }
  return content;
}

Result<void> check_each_once(const ImportedFile& content) {
  for (auto first = content.values.begin(); first != content.values.end(); ++first)
    for (auto second = first + 1; second != content.values.end(); ++second)
      if (first->name == second->name)
        return fail(ErrorCode::kInvalidInput, first->name + " is named twice", "nothing was stored");
  return {};
}

}  // namespace

Result<int> set_up_from_names(Context& context, const SetupOptions& options) {
  if (!options.servers.empty())
    return fail(ErrorCode::kUsage, "servers stand in the file of --names, not beside it", "mcpcred setup --help");
  if (options.from_stdin == options.from_env)
    return fail(ErrorCode::kUsage, "--names needs one of --stdin and --from-env", "mcpcred setup --help");
  MCPCRED_TRY(targets, read_targets(context, options.names));
  MCPCRED_TRY(content,
              options.from_stdin ? values_from_stdin(context, targets) : values_from_environment(context, targets));
  MCPCRED_CHECK(check_each_once(content));
  MCPCRED_TRY(plan, plan_import(context, {}, std::move(content)));
  // Half of what was meant is of no use to a script: all of it can be stored, or none is.
  if (!plan.skipped.empty())
    return fail(ErrorCode::kInvalidInput, "the value of " + plan.skipped.front().name + " is empty",
                "nothing was stored");
  const auto refuse = [](const ImportProblem& problem, const std::string& hint) {
    return fail(ErrorCode::kInvalidInput, problem.name + ": " + problem.reason, hint);
  };
  if (!plan.refused.empty()) return refuse(plan.refused.front(), "nothing was stored");
  MCPCRED_TRY(imported, store_plan(context, plan, options.replace));
  if (context.options.json) MCPCRED_CHECK(print_json(context.io(), import_facts(plan, imported)));
  for (const std::string& name : plan.unchanged) context.say(name + " is stored already with this value");
  if (!plan.refused.empty()) return refuse(plan.refused.front(), plan.refused.front().hint);
  return 0;
}

}  // namespace mcpcred::cli
