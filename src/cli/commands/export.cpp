#include <algorithm>

#include "cli/command.h"
#include "cli/near.h"
#include "cli/output.h"
#include "cli/target.h"
#include "mcpcred/shell.h"
#include "platform/file.h"
#include "platform/process.h"

namespace mcpcred::cli {
namespace {

struct ExportOptions {
  std::vector<std::string> targets;
  std::string shell;
  std::string format;
  bool allow_dangerous_name = false;
  bool no_prompt = false;
};

// The shell that will read the text: the one that started us, else the login shell, else POSIX.
const ExportSyntax& detect_shell(Context& context) {
  for (const std::string& program : {parent_program(), context.outside().environment("SHELL").value_or("")})
    if (const ExportSyntax* syntax = find_shell_syntax(program)) return *syntax;
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

// The file that the text goes to, where the syntax has one; empty for standard output.
Result<std::string> file_of(Context& context, const ExportSyntax& syntax) {
  if (syntax.file_variable.empty()) return std::string();
  const std::string path = context.outside().environment(syntax.file_variable).value_or("");
  if (!path.empty()) return path;
  const std::string variable(syntax.file_variable);
  return fail(
      ErrorCode::kUsage,
      "--format " + std::string(syntax.name) + " writes to the file that " + variable + " names, and that is not set",
      "run it in a step of a workflow\nelsewhere: mcpcred export --format dotenv");
}

// Masks go first, and only when the file can be written to: a value that is set is hidden by then.
Result<void> write_to_file(Context& context, const ExportSyntax& syntax, const std::string& path,
                           const std::vector<ExportItem>& items, const Secret& text) {
  if (items.empty()) return {};
  if (auto writable = append_to_file(path, {}); !writable) {
    writable.error().hint = "it is the runner that makes this file: run it in a step of a workflow";
    return writable;
  }
  Secret masks;
  for (const ExportItem& item : items)
    if (!syntax.append_mask(masks, item)) context.warn(item.name + " is too short to be hidden in the log");
  MCPCRED_CHECK(context.io().out(masks.reveal()));
  return append_to_file(path, text.reveal());
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

// At a shell's start one line has to do for all of them.
void warn_of_left_out(Context& context, const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 3;
  if (names.empty()) return;
  std::string text = std::to_string(names.size()) + (names.size() == 1 ? " is left out (" : " are left out (");
  for (std::size_t i = 0; i < std::min(names.size(), kShown); ++i) text += (i == 0 ? "" : ", ") + names[i];
  context.warn(text + (names.size() > kShown ? ", …" : "") + "): mcpcred export says why");
}

Result<int> write_export(Context& context, const ExportOptions& options) {
  MCPCRED_TRY(syntax, chosen_syntax(context, options));
  MCPCRED_TRY(file, file_of(context, *syntax));
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
  std::vector<std::string> left_out;
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
      if (options.no_prompt)
        left_out.push_back(keys[i].variable());
      else
        context.warn("left out: " + fits.error().message);
      continue;
    }
    items.push_back({keys[i].variable(), &*values[i]});
  }
  warn_of_left_out(context, left_out);
  if (items.empty() && !everything)
    return fail(ErrorCode::kNotFound, "nothing of that is stored", "mcpcred store " + options.targets.front());
  MCPCRED_TRY(text, format_export(*syntax, items));
  MCPCRED_CHECK(file.empty() ? context.io().out(text.reveal()) : write_to_file(context, *syntax, file, items, text));
  return 0;
}

// --no-prompt is what a profile runs: whatever goes wrong is one line, and the shell goes on.
Result<int> run_export(Context& context, const ExportOptions& options) {
  if (!options.no_prompt) return write_export(context, options);
  context.never_ask();
  context.hold_warnings();
  Result<int> result = write_export(context, options);
  if (result) {
    context.release_warnings();
    return result;
  }
  const Error& error = result.error();
  const std::string hint = error.hint.substr(0, error.hint.find('\n'));
  report_line(context.io(), context.style(Output::kErr), "warning",
              "nothing was exported: " + error.message + (hint.empty() ? "" : "; " + hint));
  return error_info(error.code).exit_code;
}

std::string load_lines() {
  std::string text = "to load what is stored:\n";
  for (const ExportSyntax& syntax : export_syntaxes()) {
    std::string name(syntax.name);
    name.resize(std::max<std::size_t>(name.size(), 16), ' ');
    text += "  " + name + std::string(syntax.load_line) + "\n";
  }
  return text + "in a profile add --no-prompt\n";
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
  set.footer(load_lines);
  set.flag("--allow-dangerous-name", options->allow_dangerous_name, "also names such as PATH or NODE_OPTIONS");
  set.flag("--no-prompt", options->no_prompt, "for profiles: asks nothing; a failure is one line on standard error");
  set.example("mcpcred export github --format dotenv", "one server's variables as a dotenv file");
  return [options](Context& context) { return run_export(context, *options); };
}

}  // namespace mcpcred::cli
