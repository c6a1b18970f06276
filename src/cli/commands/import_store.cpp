#include "cli/commands/import_store.h"

#include "cli/commands/store_outcome.h"

namespace mcpcred::cli {
namespace {

Facts problem_facts(const std::vector<ImportProblem>& problems) {
  Facts list = Facts::list();
  for (const ImportProblem& problem : problems)
    list.push_back(
        {{"line", problem.line}, {"name", problem.name}, {"reason", problem.reason}, {"hint", problem.hint}});
  return list;
}

Result<void> settle_replacements(Context& context, const ImportPlan& plan, bool replace) {
  if (plan.replaced.empty() || replace || context.options.yes) return {};
  std::string names;
  for (const std::string& name : plan.replaced) names += (names.empty() ? "" : ", ") + name;
  // An agent's shell is not told which of the two it is.
  const std::string what =
      plan.tells_equality ? ": stored already with another value" : ": stored already, with this value or another one";
  if (!context.person().present())
    return fail(ErrorCode::kConflict, names + what + "; nothing was stored",
                "to put the new values in their place: add --replace");
  MCPCRED_TRY(yes, context.confirm(names + what + ". Replace?"));
  return yes ? Result<void>() : fail(ErrorCode::kDenied, "nothing was stored");
}

// What concerns this batch alone; every other error ends the import.
bool is_of_the_values(ErrorCode code) {
  return code == ErrorCode::kInvalidInput || code == ErrorCode::kTooLarge || code == ErrorCode::kConflict ||
         code == ErrorCode::kRefused;
}

Result<void> store_batch(Context& context, ImportBatch& batch, ImportPlan& plan, Imported& imported,
                         std::string_view title) {
  std::vector<std::string> names;
  for (const NewValue& value : batch.request.values) names.push_back(value.variable.str());
  const std::vector<CompanionValue> settings = batch.request.companions;
  for (const CompanionValue& setting : settings) names.push_back(setting.name);
  auto outcome = store_one(context, batch.target, std::move(batch.request));
  if (!outcome && is_of_the_values(outcome.error().code)) {
    for (const std::string& name : names)
      plan.refused.push_back({0, 0, name, outcome.error().message, outcome.error().hint});
    return {};
  }
  if (!outcome) {
    if (!imported.stored.empty() || !imported.settings.empty()) {
      std::string& hint = outcome.error().hint;
      hint += std::string(hint.empty() ? "" : "\n") + "what was imported before this stays; the same command" +
              (plan.tells_equality ? "" : " with --replace") + " goes on from there";
    }
    return Unexpected(std::move(outcome).error());
  }
  if (!context.options.json) {
    tell_stored(context, batch.target, *outcome, title);
    for (const CompanionValue& setting : settings) context.say(setting.name + " set for " + setting.server);
  }
  for (Credential& credential : outcome->stored) imported.stored.push_back(std::move(credential));
  imported.settings.insert(imported.settings.end(), settings.begin(), settings.end());
  return {};
}

}  // namespace

Result<Imported> store_plan(Context& context, ImportPlan& plan, bool replace) {
  MCPCRED_CHECK(settle_replacements(context, plan, replace));
  MCPCRED_TRY(store, context.store());
  Imported imported;
  for (ImportBatch& batch : plan.batches) {
    batch.request.replace = batch.request.replace || replace || context.options.yes;
    MCPCRED_CHECK(store_batch(context, batch, plan, imported, store->traits().title));
  }
  return imported;
}

Facts import_facts(const ImportPlan& plan, const Imported& imported) {
  StoreOutcome outcome;
  outcome.stored = imported.stored;
  Facts facts = {{"stored", json_of(outcome)["stored"]}, {"settings", Facts::list()}};
  for (const CompanionValue& setting : imported.settings)
    facts["settings"].push_back({{"server", setting.server}, {"name", setting.name}});
  facts["unchanged"] = plan.unchanged;
  facts["skipped"] = problem_facts(plan.skipped);
  facts["refused"] = problem_facts(plan.refused);
  facts["removed"] = imported.removed;
  return facts;
}

}  // namespace mcpcred::cli
