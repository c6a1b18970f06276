#include "cli/commands/check_report.h"
#include "cli/commands/setup.h"
#include "cli/output.h"
#include "cli/shell_profile.h"
#include "core/encoding.h"
#include "mcpcred/clients.h"
#include "mcpcred/shell.h"

namespace mcpcred::cli {
namespace {

// "~/.zshrc" for people.
std::string shown_path(Context& context, const std::string& path) {
  const auto home = find_home(context.outside().environment);
  if (home && path.starts_with(*home + "/")) return "~" + printable(path.substr(home->size()));
  return printable(native_path(path));
}

std::string files_of(Context& context, const ProfilePlan& plan) {
  std::string files;
  for (const ProfileFile& file : plan.files) files += (files.empty() ? "" : " and ") + shown_path(context, file.path);
  return files;
}

// What loads them into a shell without the block.
std::string load_line(const std::string& shell, const ProfileRequest& request) {
  const ExportSyntax* syntax = find_export_syntax(shell.empty() ? "sh" : shell);
  std::string line(syntax == nullptr ? find_export_syntax("sh")->load_line : syntax->load_line);
  std::string options;
  for (const std::string& option : request.options) options += " " + option;
  constexpr std::string_view kExport = "mcpcred export";
  return line.insert(line.find(kExport) + kExport.size(), options);
}

// The line that loads the credentials now: the profile's where it has the block, else the plain one.
Result<std::string> offer_profile(Context& context) {
  const std::string shell = profile_shell_of(users_shell(context));
  MCPCRED_TRY(request, profile_request(context));
  const std::string by_hand = load_line(shell, request);
  if (shell.empty()) return by_hand;
  const auto plan = plan_profile_block(shell, request);
  if (!plan) {
    context.warn("new " + shell + " shells do not load them: " + plan.error().message);
    return by_hand;
  }
  if (plan->installed()) {
    context.say("New " + shell + " shells load them already: " + files_of(context, *plan));
    return plan->load_now;
  }
  context.say("A server that is started by mcpcred run needs nothing in the shell.");
  MCPCRED_TRY(yes, agrees(context,
                          "Load them into every new " + shell + " too, by a block in " + files_of(context, *plan) + "?",
                          false));
  if (!yes) {
    context.say("left as it is; later: mcpcred shell install " + shell);
    return by_hand;
  }
  const auto installed = install_profile_block(shell, request);
  if (!installed) {
    context.warn("the block was not written: " + installed.error().message);
    return by_hand;
  }
  context.say("put it into " + files_of(context, *installed) + "; to take it out: mcpcred shell uninstall");
  warn_of_profile(context);
  return installed->load_now;
}

// Clients whose entries have the command and its arguments in the usual shape.
bool takes_usual_entry(const ClientInfo& client) {
  return (client.format == ConfigFormat::kJson || client.format == ConfigFormat::kJsonc) &&
         (client.servers_key == "mcpServers" || client.servers_key == "servers");
}

void show_entries(Context& context, const FoundClient& found, const std::vector<std::string>& servers,
                  const ProfileRequest& request) {
  context.say("in " + shown_path(context, found.config) + ":");
  Facts entries(std::map<std::string, std::string>{});
  for (const std::string& id : servers) {
    std::vector<std::string> args{"run", id};
    args.insert(args.end(), request.options.begin(), request.options.end());
    entries[id] = {{"command", native_path(request.program)}, {"args", args}};
  }
  context.say(Facts({{found.client.servers_key.c_str(), entries}}).text());
}

Result<void> offer_clients(Context& context, const std::vector<std::string>& servers) {
  MCPCRED_TRY(home, find_home(context.outside().environment));
  MCPCRED_TRY(request, profile_request(context));
  for (const FoundClient& found : find_clients(context.outside().environment, home)) {
    if (!takes_usual_entry(found.client)) {
      context.say(found.client.name + " is here too; it starts a server by: " + request.program + " run SERVER");
      continue;
    }
    MCPCRED_TRY(yes, agrees(context, found.client.name + " is here. Show what goes into its file?", false));
    if (!yes) continue;
    show_entries(context, found, servers, request);
    if (!found.client.after_change.empty()) context.say("then: " + found.client.after_change);
  }
  return {};
}

}  // namespace

Result<void> set_up_users(Context& context, const SetupOutcome& outcome) {
  MCPCRED_TRY(registry, context.registry());
  if (registry->credentials.empty()) {
    context.say("nothing is stored yet; to begin again: mcpcred setup");
    return {};
  }
  context.say("");
  if (!outcome.stored.empty()) MCPCRED_CHECK(show_check(context, outcome.stored));
  MCPCRED_TRY(load_now, offer_profile(context));
  std::vector<std::string> servers = outcome.stored;
  servers.insert(servers.end(), outcome.skipped.begin(), outcome.skipped.end());
  if (!servers.empty()) MCPCRED_CHECK(offer_clients(context, servers));
  context.say("");
  context.say("done: " + std::to_string(outcome.stored.size()) + " stored" +
              (outcome.skipped.empty() ? "" : ", " + std::to_string(outcome.skipped.size()) + " left as they were"));
  context.say("to load them into this shell now: " + load_now);
  context.say("to test a server: restart its client, and type /mcp in Claude Code");
  return {};
}

}  // namespace mcpcred::cli
