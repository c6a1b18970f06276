#include <algorithm>

#include "cli/command.h"
#include "cli/near.h"
#include "cli/target.h"
#include "mcpcred/shell.h"
#include "platform/process.h"

namespace mcpcred::cli {
namespace {

struct ExportOptions {
  std::vector<std::string> targets;
  std::string shell;
  std::string format;
  bool allow_dangerous_name = false;
};

// The shell that will read the text: the one that started us, else the login shell, else POSIX.
const ExportSyntax& detect_shell(Context& context) {
  const std::string login = context.outside().environment("SHELL").value_or("");
  for (const std::string& program : {parent_program(), login.substr(login.find_last_of('/') + 1)}) {
    const ExportSyntax* syntax = find_export_syntax(program.starts_with('-') ? program.substr(1) : program);
    if (syntax != nullptr && syntax->is_shell) return *syntax;
  }
  return *find_export_syntax("sh");
}

Result<const ExportSyntax*> chosen_syntax(Context& context, const ExportOptions& options) {
  if (!options.shell.empty() && !options.format.empty())
    return fail(ErrorCode::kUsage, "--shell and --format exclude each other", "mcpcred export --help");
  if (context.options.json) return find_export_syntax("json");
  const std::string& name = options.shell.empty() ? options.format : options.shell;
  return name.empty() ? &detect_shell(context) : find_export_syntax(name);
}

Result<std::vector<EntryKey>> wanted_keys(Context& context, Credentials& credentials, const ExportOptions& options) {
  MCPCRED_TRY(account, context.account());
  if (options.targets.empty()) {
    MCPCRED_TRY(registry, context.known());
    return credentials.names(*registry, account, context.catalog_variables());
  }
  std::vector<EntryKey> keys;
  for (const std::string& word : options.targets) {
    MCPCRED_TRY(target, resolve_target(context, word, Details::kNamesOnly));
    for (const EntryKey& key : target.keys(account))
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  return keys;
}

// Why this variable is left out when everything is exported, or refused when it was asked for.
Result<void> check_item(const ExportSyntax& syntax, const EntryKey& key, const Secret& value,
                        const ExportOptions& options) {
  if (is_dangerous_name(key.variable()) && !options.allow_dangerous_name)
    return fail(ErrorCode::kRefused, key.variable() + " decides what other programs run",
                "if that is meant: --allow-dangerous-name");
  if (key.variable() == "KUBECONFIG" && value.reveal().find('\n') != std::string_view::npos)
    return fail(ErrorCode::kRefused, "KUBECONFIG holds a file's content, and programs expect a path there",
                "start the server with it: mcpcred run kubernetes");
  auto fits = syntax.can_hold(value.reveal());
  if (!fits) fits.error().message = key.variable() + ": " + fits.error().message;
  return fits;
}

Result<int> run_export(Context& context, const ExportOptions& options) {
  MCPCRED_TRY(syntax, chosen_syntax(context, options));
  MCPCRED_CHECK(context.allow_reading());
  // A shell that starts reads this through a pipe, and must not wait for a passphrase.
  if (!context.io().stdout_is_terminal()) context.never_ask();
  MCPCRED_TRY(credentials, context.credentials());
  MCPCRED_TRY(keys, wanted_keys(context, *credentials, options));
  MCPCRED_TRY(registry, context.known());
  MCPCRED_TRY(values, credentials->load_many(*registry, keys));
  const bool everything = options.targets.empty();
  std::vector<ExportItem> items;
  items.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!values[i]) {
      // Named servers with several variables may have only some stored.
      if (!everything && options.targets.size() == keys.size())
        return fail(ErrorCode::kNotFound, keys[i].variable() + " is not stored",
                    near_stored_hint(*registry, keys[i]) + "mcpcred store " + keys[i].variable());
      continue;
    }
    if (auto fits = check_item(*syntax, keys[i], *values[i], options); !fits) {
      if (!everything) return Unexpected(std::move(fits).error());
      context.warn("left out: " + fits.error().message);
      continue;
    }
    items.push_back({keys[i].variable(), &*values[i]});
  }
  if (items.empty() && !everything)
    return fail(ErrorCode::kNotFound, "nothing of that is stored", "mcpcred store " + options.targets.front());
  MCPCRED_TRY(text, format_export(*syntax, items));
  MCPCRED_CHECK(context.io().out(text.reveal()));
  return 0;
}

}  // namespace

Action declare_export(OptionSet& set) {
  auto options = std::make_shared<ExportOptions>();
  std::vector<std::string> shells;
  std::vector<std::string> formats;
  for (const ExportSyntax& syntax : export_syntaxes()) (syntax.is_shell ? shells : formats).emplace_back(syntax.name);
  set.positionals("SERVER|VARIABLE", options->targets, "what to export; nothing: all that is stored",
                  WordKind::kStoredWord);
  set.choice("--shell", options->shell, shells, "the shell that reads the text; found by itself if not given");
  set.choice("--format", options->format, formats, "a file format in place of a shell's code");
  set.flag("--allow-dangerous-name", options->allow_dangerous_name, "also names such as PATH or NODE_OPTIONS");
  set.example("eval \"$(mcpcred export)\"", "in a shell's profile: sets all that is stored");
  set.example("mcpcred export github --format dotenv", "one server's variables as a dotenv file");
  return [options](Context& context) { return run_export(context, *options); };
}

}  // namespace mcpcred::cli
