#include "cli/command.h"
#include "cli/commands/import_store.h"
#include "cli/output.h"
#include "mcpcred/shell.h"

namespace mcpcred::cli {
namespace {

std::string place_of(const ImportProblem& problem) {
  std::string text = problem.line == 0 ? "" : "line " + std::to_string(problem.line);
  if (problem.last_line > problem.line)
    text = "lines " + std::to_string(problem.line) + " to " + std::to_string(problem.last_line);
  if (!problem.name.empty()) text += (text.empty() ? "" : ", ") + problem.name;
  return text;
}

void tell_problem(Context& context, const ImportProblem& problem, std::string_view fate) {
  context.warn(place_of(problem) + ": " + std::string(fate) + problem.reason);
}

void tell_lines(Context& context, const ImportPlan& plan, const std::vector<ImportProblem>& notes) {
  for (const ImportProblem& note : notes) tell_problem(context, note, "");
  for (const ImportProblem& problem : plan.skipped) context.say(place_of(problem) + ": skipped, it has no value");
  const std::string* last_hint = nullptr;
  for (const ImportProblem& problem : plan.refused) {
    tell_problem(context, problem, "not imported: ");
    if (!problem.hint.empty() && (last_hint == nullptr || *last_hint != problem.hint)) context.hint(problem.hint);
    last_hint = &problem.hint;
  }
}

std::string counted(std::size_t count, const std::string& what) {
  return std::to_string(count) + " " + what;
}

void tell_not_exported(Context& context, const Imported& imported) {
  std::string names;
  for (const Credential& credential : imported.stored)
    if (is_dangerous_name(credential.variable.str())) names += (names.empty() ? "" : ", ") + credential.variable.str();
  if (!names.empty())
    context.warn("stored, but `export` leaves them out: " + names + " (they decide what other programs run)");
}

// Why the file stays though it should go; empty: it may go.
std::string reason_to_keep(const ImportPlan& plan) {
  if (!plan.refused.empty()) return counted(plan.refused.size(), "of its lines not imported");
  if (!plan.lost.empty()) {
    std::string reasons;
    for (const ImportProblem& problem : plan.lost)
      if (reasons.find(problem.reason) == std::string::npos) reasons += (reasons.empty() ? "" : "; ") + problem.reason;
    return counted(plan.lost.size(), "of its lines not imported (" + reasons + ")");
  }
  if (!plan.skipped.empty()) return counted(plan.skipped.size(), "of its variables without a value");
  if (!plan.left_out.empty()) return counted(plan.left_out.size(), "of its variables not asked for");
  if (plan.values.empty() && plan.settings.empty()) return "nothing to import in it";
  return {};
}

Result<int> run_import(Context& context, const ImportOptions& options) {
  MCPCRED_TRY(source, read_import_source(context, options));
  const std::vector<ImportProblem> notes = std::move(source.content.notes);
  MCPCRED_TRY(plan, plan_import(context, options, std::move(source.content)));
  if (plan.values.empty() && plan.settings.empty() && plan.refused.empty() && plan.skipped.empty())
    return fail(ErrorCode::kNotFound, "there is nothing to import", "a line is NAME=value");
  MCPCRED_TRY(imported, store_plan(context, plan, options.replace));
  tell_lines(context, plan, notes);
  tell_not_exported(context, imported);

  const std::string kept = options.remove ? reason_to_keep(plan) : std::string();
  if (options.remove)
    for (const ImportProblem& problem : plan.lost) tell_problem(context, problem, "");
  if (options.remove && kept.empty()) {
    MCPCRED_CHECK(verify_import(context, plan));
    MCPCRED_CHECK(remove_import_source(context, source));
    imported.removed = true;
  }
  if (context.options.json) MCPCRED_CHECK(print_json(context.io(), import_facts(plan, imported)));
  context.say(counted(imported.stored.size() + imported.settings.size(), "imported, ") +
              counted(plan.unchanged.size(), "unchanged, ") + counted(plan.skipped.size(), "empty, ") +
              counted(plan.refused.size(), "refused"));
  if (!kept.empty())
    return report_error(context.io(), context.style(Output::kErr),
                        {ErrorCode::kConflict, "the file was not removed: " + kept,
                         "settle that and run it again, or remove the file yourself", 0},
                        false);
  if (!plan.refused.empty())
    return report_error(
        context.io(), context.style(Output::kErr),
        {ErrorCode::kInvalidInput, counted(plan.refused.size(), "of the file's lines not imported"), {}, 0}, false);
  if (!imported.stored.empty()) context.hint("how they are: mcpcred check");
  return 0;
}

}  // namespace

Action declare_import(OptionSet& set) {
  auto options = std::make_shared<ImportOptions>();
  std::vector<std::string> dialects;
  for (const DotenvDialect dialect : all_dialects()) dialects.emplace_back(dialect_name(dialect));
  set.positional("FILE", options->file, "a dotenv file, or JSON: an object of names and texts; - for standard input",
                 true, WordKind::kFile);
  set.positionals("NAME", options->names, "only these of its variables");
  set.choice("--dialect", options->dialect, dialects,
             "whose dotenv it is; without it only what all of them read the same is taken");
  set.flag("--replace", options->replace, "put new values in place of stored ones without asking");
  set.flag("--remove", options->remove, "remove the file once every value of it was read back from the store");
  set.example("mcpcred import .env --remove", "the file goes once all of it was read back from the store");
  set.example("mcpcred import compose.env --dialect compose GITHUB_TOKEN", "one variable, as Docker Compose reads it");
  return [options](Context& context) { return run_import(context, *options); };
}

}  // namespace mcpcred::cli
