
#include "cli/command.h"
#include "cli/output.h"
#include "cli/target.h"
#include "core/encoding.h"
#include "mcpcred/launch.h"

namespace mcpcred::cli {
namespace {

struct ShowOptions {
  std::string server;
};

std::string joined(const std::vector<std::string>& texts) {
  std::string text;
  for (const std::string& part : texts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

std::string variable_names(const CatalogServer& server) {
  std::vector<std::string> names;
  for (const CatalogVariable& variable : server.variables) names.push_back(variable.name);
  return joined(names);
}

std::string schedule_text(const CatalogServer& server) {
  if (server.rotate_days)
    return "every " + std::to_string(*server.rotate_days) + " days (" + server.rotate_source + ")";
  return "by the provider's own dates";
}

Result<void> warn_of_problems(Context& context, const Catalog& catalog) {
  for (const CatalogProblem& problem : catalog.problems())
    context.warn(problem.file + (problem.line != 0 ? ":" + std::to_string(problem.line) : "") + ": " +
                 printable(problem.reason));
  return {};
}

Result<int> run_catalog_list(Context& context) {
  MCPCRED_TRY(catalog, context.catalog());
  Facts facts = {{"servers", Facts::list()}};
  Table table({"SERVER", "NAME", "TOKEN", "VARIABLE", "SETUP", "SCOPES"});
  for (const std::string& id : catalog->ids()) {
    const auto found = catalog->find(id);
    if (!found || !*found) continue;  // its file is named below
    const CatalogServer& server = **found;
    facts["servers"].push_back({{"id", id},
                                {"name", server.name},
                                {"token_type", server.token_type},
                                {"variables", variable_names(server)},
                                {"setup_complexity", server.setup_complexity},
                                {"scopes", server.scopes},
                                {"from_guide", server.from_guide},
                                {"user_defined", server.user_defined}});
    table.add({id, printable(server.name), server.token_type, variable_names(server), server.setup_complexity,
               joined(server.scopes)});
  }
  MCPCRED_CHECK(context.options.json ? print_json(context.io(), facts)
                                     : context.io().out(table.text(context.style(Output::kOut))));
  MCPCRED_CHECK(warn_of_problems(context, *catalog));
  return 0;
}

std::string formats_text(const CatalogServer& server) {
  std::string text;
  for (const CatalogVariable& variable : server.variables)
    for (const TokenFormat& format : variable.formats)
      text += "  " + variable.name + ": " + format.kind + (format.checksum.empty() ? "" : ", with a checksum") +
              (format.wrong_kind.empty() ? "" : " (cannot be used: " + format.wrong_kind + ")") + "\n";
  return text;
}

std::string show_text(const CatalogServer& server, const Style& style) {
  Table table({server.id.str(), printable(server.name)});
  table.add({"token", server.token_type});
  table.add({"variable", variable_names(server)});
  table.add({"setup", server.setup_complexity});
  if (!server.scopes.empty()) table.add({"scopes", joined(server.scopes)});
  if (!server.server_scopes.empty()) table.add({"server wants", joined(server.server_scopes)});
  table.add({"rotate", schedule_text(server)});
  if (!server.create_page.empty()) table.add({"create at", server.create_page});
  if (!server.revoke_page.empty()) table.add({"revoke at", server.revoke_page});
  for (const Companion& companion : server.companions)
    table.add({"companion", companion.name + (companion.required ? " (needed)" : "") + ": " + companion.label});
  std::string text = table.text(style);
  if (const std::string formats = formats_text(server); !formats.empty()) text += "kinds of token\n" + formats;
  if (!server.launch.empty()) text += "programs, the first is started by mcpcred run " + server.id.str() + "\n";
  for (const LaunchVariant& variant : server.launch) {
    text += "  " + shown_command(variant.command, variant.args) + "\n    " + variant.status;
    for (const EnvMapping& mapping : variant.env)
      if (!mapping.from.empty()) text += " · " + mapping.name + " from " + mapping.from;
    text += (variant.unusable.empty() ? "" : " · not usable: " + variant.unusable) + "\n";
  }
  for (const RemoteEndpoint& remote : server.remote)
    text += "remote " + remote.url + (remote.static_token ? "" : " · " + remote.auth) + "\n";
  for (const std::string& note : server.notes) text += "note: " + note + "\n";
  for (const std::string& statement : server.unverified) text += "not verified: " + statement + "\n";
  return in_letters(style, text);
}

Facts mappings_json(const std::vector<EnvMapping>& mappings) {
  Facts list = Facts::list();
  for (const EnvMapping& mapping : mappings)
    list.push_back({{"name", mapping.name}, {"from", mapping.from}, {"required", mapping.required}});
  return list;
}

Facts show_json(const CatalogServer& server) {
  Facts facts = {{"id", server.id.str()},
                 {"name", server.name},
                 {"from_guide", server.from_guide},
                 {"user_defined", server.user_defined},
                 {"token_type", server.token_type},
                 {"setup_complexity", server.setup_complexity},
                 {"scopes", server.scopes},
                 {"server_scopes", server.server_scopes},
                 {"create_page", server.create_page},
                 {"revoke_page", server.revoke_page},
                 {"rotate_source", server.rotate_source},
                 {"notes", server.notes},
                 {"unverified", server.unverified}};
  facts["rotate_days"] = server.rotate_days ? Facts(*server.rotate_days) : Facts();
  facts["variables"] = Facts::list();
  for (const CatalogVariable& variable : server.variables) {
    Facts kinds = Facts::list();
    for (const TokenFormat& format : variable.formats)
      kinds.push_back({{"id", format.id},
                       {"kind", format.kind},
                       {"checksum", format.checksum},
                       {"usable", format.wrong_kind.empty()}});
    facts["variables"].push_back(
        {{"name", variable.name}, {"label", variable.label}, {"required", variable.required}, {"kinds", kinds}});
  }
  facts["companions"] = Facts::list();
  for (const Companion& companion : server.companions)
    facts["companions"].push_back({{"name", companion.name},
                                   {"label", companion.label},
                                   {"required", companion.required},
                                   {"secret", companion.secret},
                                   {"host", companion.host}});
  facts["launch"] = Facts::list();
  for (const LaunchVariant& variant : server.launch)
    facts["launch"].push_back({{"id", variant.id},
                               {"package", variant.package},
                               {"status", variant.status},
                               {"command", variant.command},
                               {"args", variant.args},
                               {"env", mappings_json(variant.env)},
                               {"usable", variant.unusable.empty()}});
  facts["remote"] = Facts::list();
  for (const RemoteEndpoint& remote : server.remote)
    facts["remote"].push_back({{"url", remote.url}, {"static_token", remote.static_token}, {"auth", remote.auth}});
  return facts;
}

Result<int> run_catalog_show(Context& context, const ShowOptions& options) {
  MCPCRED_TRY(server, resolve_server(context, options.server));
  MCPCRED_CHECK(context.options.json ? print_json(context.io(), show_json(server))
                                     : context.io().out(show_text(server, context.style(Output::kOut))));
  return 0;
}

}  // namespace

Action declare_catalog_list(OptionSet&) {
  return run_catalog_list;
}

Action declare_catalog_show(OptionSet& set) {
  auto options = std::make_shared<ShowOptions>();
  set.positional("SERVER", options->server, "which one", true, WordKind::kServer);
  set.example("mcpcred catalog show slack", "its variables, scopes, pages and programs");
  return [options](Context& context) { return run_catalog_show(context, *options); };
}

}  // namespace mcpcred::cli
