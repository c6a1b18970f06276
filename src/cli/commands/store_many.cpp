#include "cli/commands/store_many.h"

#include <algorithm>

namespace mcpcred::cli {
namespace {

// Takes out what is stored already with the same value; what is left, and has another one, must be agreed to.
Result<void> compare_with_stored(Context& context, const AccountName& account, std::vector<NamedValue>& values,
                                 ManyOutcome& outcome, bool& replace) {
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.registry());
  std::vector<EntryKey> keys;
  keys.reserve(values.size());
  for (const NamedValue& named : values) keys.emplace_back(named.value.variable, account);
  MCPCRED_TRY(present, credentials->load_many(*registry, keys));
  std::string different;
  std::vector<NamedValue> left;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& name = values[i].value.variable.str();
    // A value that the registry does not know is stored once more, so that it does.
    if (present[i] && *present[i] == values[i].value.value && registry->find(keys[i]) != nullptr) {
      outcome.unchanged.push_back(name);
      continue;
    }
    if (present[i] && !(*present[i] == values[i].value.value)) different += (different.empty() ? "" : ", ") + name;
    left.push_back(std::move(values[i]));
  }
  values = std::move(left);
  if (different.empty() || replace || context.options.yes) {
    replace = true;
    return {};
  }
  if (!context.person().present())
    return fail(ErrorCode::kConflict, "another value is stored already: " + different + "; nothing was changed",
                "to put the new values in their place: add --replace");
  MCPCRED_TRY(yes, context.confirm("Another value is stored already: " + different + ". Replace it?"));
  if (!yes) return fail(ErrorCode::kDenied, "nothing was changed");
  replace = true;
  return {};
}

}  // namespace

Result<ManyOutcome> store_many(Context& context, std::vector<NamedValue> values, bool replace) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(store, context.store());
  MCPCRED_CHECK(check_put(store->traits(), Secret::copy_of("x")));
  for (auto first = values.begin(); first != values.end(); ++first)
    for (auto second = first + 1; second != values.end(); ++second)
      if (first->value.variable == second->value.variable)
        return fail(ErrorCode::kInvalidInput, first->value.variable.str() + " is there twice", "nothing was stored");
  ManyOutcome outcome;
  MCPCRED_CHECK(compare_with_stored(context, account, values, outcome, replace));
  while (!values.empty()) {
    Target target = std::move(values.front().target);
    StoreRequest request = make_store_request(context, target, account);
    request.replace = replace;
    const std::string label = target.label();
    std::vector<NamedValue> others;
    // The first one's target was taken out of it.
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i == 0 || values[i].target.label() == label)
        request.values.push_back(std::move(values[i].value));
      else
        others.push_back(std::move(values[i]));
    }
    values = std::move(others);
    MCPCRED_TRY(stored, store_one(context, target, std::move(request)));
    context.forget_registry();
    if (!context.options.json) tell_stored(context, target, stored, store->traits().title);
    outcome.stored.push_back(std::move(stored));
  }
  if (!context.options.json)
    for (const std::string& name : outcome.unchanged) context.say(name + " is stored already with this value");
  return outcome;
}

Facts json_of(const ManyOutcome& outcome) {
  Facts facts = {{"stored", Facts::list()}, {"unchanged", outcome.unchanged}};
  for (const StoreOutcome& one : outcome.stored) facts["stored"].push_back(json_of(one));
  return facts;
}

}  // namespace mcpcred::cli
