#include <algorithm>

#include "cli/commands/setup.h"
#include "cli/commands/store_outcome.h"
#include "cli/commands/store_values.h"
#include "cli/output.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

bool is_stored(const Registry& registry, const Target& target, const AccountName& account) {
  const std::vector<EntryKey> keys = target.keys(account);
  return std::any_of(keys.begin(), keys.end(), [&](const EntryKey& key) { return registry.find(key) != nullptr; });
}

std::string variables_of(const Target& target) {
  std::string names;
  for (const VariableName& variable : target.variables) names += (names.empty() ? "" : ", ") + variable.str();
  return names;
}

// The numbered list: the guide's servers, then the others once they are asked for.
Result<std::vector<std::string>> show_list(Context& context, bool all) {
  MCPCRED_TRY(catalog, context.catalog());
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_TRY(account, context.account());
  std::vector<std::string> shown;
  Table table({"", "SERVER", "NAME", "CREDENTIALS", ""});
  const std::vector<std::string> ids = catalog->ids();
  for (const std::string& id : ids) {
    const auto target = resolve_target(context, id);
    if (!target) continue;  // a file of the user's that cannot be read: `catalog list` names it
    const bool stored = is_stored(*registry, *target, account);
    if (!all && !stored && !target->server->from_guide && !target->server->user_defined) continue;
    shown.push_back(id);
    table.add({std::to_string(shown.size()), id, printable(target->server->name), variables_of(*target),
               stored ? Cell("stored", Tone::kGood) : Cell("")});
  }
  context.io().err(table.text(context.style(Output::kErr)));
  if (shown.size() < ids.size())
    context.say("and " + std::to_string(ids.size() - shown.size()) + " more; the answer all shows them");
  return shown;
}

// "3" and "2-5" as ids of the list; empty: no number.
Result<std::vector<std::string>> read_numbers(const std::vector<std::string>& shown, const std::string& word) {
  const auto number_of = [](std::string_view text) -> std::size_t {
    if (text.empty() || text.size() > 3) return 0;
    if (!std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) return 0;
    return std::stoul(std::string(text));
  };
  std::vector<std::string> ids;
  if (word.find_first_not_of("0123456789-") != std::string::npos) return ids;
  const std::size_t dash = word.find('-');
  const std::size_t first = number_of(std::string_view(word).substr(0, dash));
  const std::size_t last = dash == std::string::npos ? first : number_of(std::string_view(word).substr(dash + 1));
  if (first == 0 || last < first || last > shown.size())
    return fail(ErrorCode::kInvalidInput, "there is no number " + printable(word) + " in the list");
  for (std::size_t number = first; number <= last; ++number) ids.push_back(shown[number - 1]);
  return ids;
}

// The ids behind an answer of numbers and names; the error names the first that is neither.
Result<std::vector<std::string>> read_choice(Context& context, const std::vector<std::string>& shown,
                                             const std::string& answer) {
  std::vector<std::string> chosen;
  std::size_t at = 0;
  while ((at = answer.find_first_not_of(" ,", at)) != std::string::npos) {
    const std::size_t end = std::min(answer.find_first_of(" ,", at), answer.size());
    const std::string word = answer.substr(at, end - at);
    at = end;
    MCPCRED_TRY(numbered, read_numbers(shown, word));
    const std::vector<std::string> ids = numbered.empty() ? std::vector{word} : std::move(numbered);
    for (const std::string& id : ids) {
      MCPCRED_TRY(server, resolve_server(context, id));
      if (std::find(chosen.begin(), chosen.end(), server.id.str()) == chosen.end()) chosen.push_back(server.id.str());
    }
  }
  return chosen;
}

Result<std::vector<std::string>> choose(Context& context) {
  const std::vector<std::string> left = servers_left(context);
  if (!left.empty()) {
    std::string names;
    for (const std::string& id : left) names += (names.empty() ? "" : ", ") + id;
    MCPCRED_TRY(yes, agrees(context, "Go on with what was left last time: " + names + "?", true));
    if (yes) return left;
  }
  MCPCRED_TRY(shown, show_list(context, false));
  while (true) {
    MCPCRED_TRY(answer, context.person().line("Which servers? Numbers or names, Enter for none: "));
    if (answer == "all" || answer == "?") {
      MCPCRED_TRY(everything, show_list(context, true));
      shown = std::move(everything);
      continue;
    }
    auto chosen = read_choice(context, shown, answer);
    if (chosen) return chosen;
    context.warn(chosen.error().message);
    if (!chosen.error().hint.empty()) context.hint(chosen.error().hint.substr(0, chosen.error().hint.find('\n')));
  }
}

// What is wrong with a value by its format, for the question whether it is meant; empty: nothing.
std::string doubt_about(const NewValue& value) {
  const std::string name = value.variable.str();
  switch (value.finding.verdict) {
    case FormatVerdict::kBadChecksum:
      return name + ": the checksum does not fit; mistyped or cut?";
    case FormatVerdict::kWrongKind:
    case FormatVerdict::kMalformed:
      return name + ": " +
             (value.finding.note.empty() ? "this looks like no token of this provider" : value.finding.note);
    case FormatVerdict::kOk:
    case FormatVerdict::kUnknown:
      break;
  }
  return {};
}

enum class Entered { kStored, kSkipped, kAgain };

// An answer that cannot be used is told and may be given again; only the person's end of the dialogue ends it.
Result<Entered> again_or_skip(Context& context, const Error& error) {
  context.warn(error.message);
  if (!error.hint.empty()) context.hint(error.hint.substr(0, error.hint.find('\n')));
  MCPCRED_TRY(again, agrees(context, "Try again?", true));
  return again ? Entered::kAgain : Entered::kSkipped;
}

// `settings`: what was answered before the secret, so that a second try asks for the secret alone.
Result<Entered> enter_once(Context& context, const Target& target, StoreOptions& options,
                           std::vector<CompanionValue>& settings) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(store, context.store());
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(registry, context.registry());
  StoreRequest request = make_store_request(context, target, account);
  request.companions = settings;
  if (auto got = collect_values(context, target, options, *registry, *credentials, request); !got) {
    if (got.error().code == ErrorCode::kDenied) return Entered::kSkipped;  // the old value stays
    if (got.error().code != ErrorCode::kInvalidInput && got.error().code != ErrorCode::kTooLarge)
      return Unexpected(std::move(got).error());
    settings = request.companions;
    return again_or_skip(context, got.error());
  }
  for (const NewValue& value : request.values) {
    const std::string doubt = doubt_about(value);
    if (doubt.empty()) continue;
    MCPCRED_TRY(meant, agrees(context, doubt + "\nStore it all the same?", false));
    if (!meant) {
      options.introduced = true;
      settings = request.companions;
      return Entered::kAgain;
    }
  }
  auto outcome = store_one(context, target, std::move(request));
  context.forget_registry();
  if (!outcome && outcome.error().code == ErrorCode::kDenied) return Entered::kSkipped;
  if (!outcome) return Unexpected(std::move(outcome).error());
  tell_stored(context, target, *outcome, store->traits().title);
  if (outcome->approval && outcome->approval->executable.empty()) tell_next_step(context, target, *outcome);
  return Entered::kStored;
}

Result<Entered> enter(Context& context, const Target& target) {
  StoreOptions options;
  std::vector<CompanionValue> settings;
  while (true) {
    MCPCRED_TRY(entered, enter_once(context, target, options, settings));
    if (entered != Entered::kAgain) return entered;
  }
}

}  // namespace

Result<SetupOutcome> set_up_servers(Context& context, const std::vector<std::string>& named) {
  std::vector<std::string> left;
  for (const std::string& word : named) {
    MCPCRED_TRY(server, resolve_server(context, word));
    left.push_back(server.id.str());
  }
  if (named.empty()) {
    MCPCRED_TRY(chosen, choose(context));
    left = std::move(chosen);
  }
  SetupOutcome outcome;
  const std::size_t count = left.size();
  note_servers_left(context, left);
  while (!left.empty()) {
    MCPCRED_TRY(target, resolve_target(context, left.front()));
    if (count > 1) context.say("");
    if (count > 1) context.say(std::to_string(count - left.size() + 1) + " of " + std::to_string(count));
    MCPCRED_TRY(entered, enter(context, target));
    (entered == Entered::kStored ? outcome.stored : outcome.skipped).push_back(left.front());
    left.erase(left.begin());
    note_servers_left(context, left);
  }
  return outcome;
}

}  // namespace mcpcred::cli
