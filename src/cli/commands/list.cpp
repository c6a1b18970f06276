
#include "cli/command.h"
#include "cli/output.h"
#include "core/encoding.h"
#include "store/platform_store.h"

namespace mcpcred::cli {
namespace {

struct Row {
  const Credential* credential;
  std::string server;
  Schedule schedule;
};

Facts facts_of(const Row& row, Timestamp now) {
  const Credential& credential = *row.credential;
  Facts facts = {{"server", row.server},
                 {"variable", credential.variable.str()},
                 {"account", credential.account.str()},
                 {"store", credential.store},
                 {"created", format_timestamp(credential.created)},
                 {"stored", format_timestamp(credential.stored)},
                 {"age_days", std::chrono::floor<std::chrono::days>(now - credential.stored).count()},
                 {"kind", credential.kind},
                 {"format", verdict_name(credential.verdict)}};
  facts["unfinished"] = credential.pending;
  facts["due"] = row.schedule.due ? Facts(format_date(*row.schedule.due)) : Facts();
  facts["due_source"] = row.schedule.source;
  facts["expires"] = credential.expires ? Facts(format_date(*credential.expires)) : Facts();
  return facts;
}

// What the guide's commands put into the system's store. Where that cannot be looked at, the registry still can.
std::vector<EntryKey> outside_items(Context& context, const AccountName& account) {
  const auto name = context.store_name();
  if (!name) return {};
  auto found = context.look_around();
  if (!found) {
    context.warn("what other programs stored is not shown: " + found.error().message);
    return {};
  }
  std::erase_if(*found, [&](const EntryKey& key) { return !account.is_default() && key.account() != account.str(); });
  return std::move(*found);
}

Result<int> run_list(Context& context) {
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_TRY(catalog, context.catalog());
  MCPCRED_TRY(account, context.account());
  if (context.options.store == "env")
    return fail(ErrorCode::kUsage, "the environment keeps no list", "what is set in it: mcpcred check --store env");
  if (!context.options.store.empty()) MCPCRED_CHECK(context.store_name());
  std::vector<Row> rows;
  for (const Credential& credential : registry->credentials) {
    if (!account.is_default() && credential.account != account) continue;
    if (!context.options.store.empty() && credential.store != context.options.store) continue;
    Row row{&credential, catalog->server_of(credential.variable.str()).value_or(""), {}};
    std::optional<CatalogServer> server;
    if (!row.server.empty())
      if (auto found = catalog->find(row.server)) server = std::move(*found);
    row.schedule = schedule_for(server ? &*server : nullptr, credential.stored, credential.expires);
    rows.push_back(std::move(row));
  }
  const std::vector<EntryKey> outside = outside_items(context, account);
  if (context.options.json) {
    Facts facts = {{"credentials", Facts::list()}};
    for (const Row& row : rows) facts["credentials"].push_back(facts_of(row, context.now()));
    for (const EntryKey& key : outside)
      facts["credentials"].push_back({{"server", catalog->server_of(key.variable()).value_or("")},
                                      {"variable", key.variable()},
                                      {"account", key.account()},
                                      {"store", platform_store_name()},
                                      {"stored", Facts()},
                                      {"age_days", Facts()}});
    MCPCRED_CHECK(print_json(context.io(), facts));
    return 0;
  }
  if (rows.empty() && outside.empty()) {
    context.say("nothing is stored yet");
    context.hint("mcpcred store github");
    return 0;
  }
  Table table({"SERVER", "VARIABLE", "ACCOUNT", "STORE", "AGE", "DUE", "KIND"});
  for (const Row& row : rows) {
    const Credential& credential = *row.credential;
    table.add({row.server.empty() ? "-" : row.server, credential.variable.str(), credential.account.str(),
               credential.store, shown_age(credential.stored, context.now()),
               row.schedule.due ? Cell(shown_due(*row.schedule.due, context.today()),
                                       *row.schedule.due < context.today() ? Tone::kAttention : Tone::kPlain)
                                : "-",
               credential.pending ? Cell("unfinished: mcpcred check", Tone::kAttention) : printable(credential.kind)});
  }
  for (const EntryKey& key : outside)
    table.add({catalog->server_of(key.variable()).value_or("-"), key.variable(), key.account(),
               std::string(platform_store_name()), "?", "?", "stored by another program"});
  MCPCRED_CHECK(context.io().out(table.text(context.style(Output::kOut))));
  return 0;
}

}  // namespace

Action declare_list(OptionSet&) {
  return run_list;
}

}  // namespace mcpcred::cli
