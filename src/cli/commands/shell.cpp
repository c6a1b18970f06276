#include "cli/command.h"
#include "cli/output.h"
#include "cli/shell_profile.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

struct ShellOptions {
  std::string shell;
};

// "pwsh" and "nu" are what the programs are called.
std::string named_shell(const std::string& word) {
  const std::string known = profile_shell_of(word);
  return known.empty() ? word : known;
}

std::string_view what_was_done(BlockState before) {
  switch (before) {
    case BlockState::kAbsent:
      return "added";
    case BlockState::kOutdated:
      return "updated";
    case BlockState::kInstalled:
      break;
  }
  return "unchanged";
}

Result<int> run_shell_install(Context& context, const ShellOptions& options) {
  const std::string shell = options.shell.empty() ? users_shell(context) : named_shell(options.shell);
  if (shell.empty())
    return fail(ErrorCode::kUsage, "which shell is used here is not known", "name it: mcpcred shell install bash");
  MCPCRED_TRY(request, profile_request(context));
  MCPCRED_TRY(before, install_profile_block(shell, request));
  if (context.options.json) {
    Facts files = Facts::list();
    for (const ProfileFile& file : before.files)
      files.push_back({{"path", native_path(file.path)}, {"change", what_was_done(file.state)}});
    MCPCRED_CHECK(print_json(context.io(), {{"shell", before.shell}, {"files", files}, {"load_now", before.load_now}}));
  }
  bool added = false;
  for (const ProfileFile& file : before.files) {
    added = added || file.state == BlockState::kAbsent;
    const std::string line = (file.state == BlockState::kInstalled  ? "the block is already in "
                              : file.state == BlockState::kOutdated ? "brought the block up to date in "
                                                                    : "put the block into ") +
                             printable(native_path(file.path));
    context.say(&file == &before.files.back() ? line + "; load it now: " + printable(before.load_now) : line);
  }
  warn_of_profile(context, added);
  return 0;
}

Result<int> run_shell_uninstall(Context& context, const ShellOptions& options) {
  const std::string shell = options.shell.empty() ? std::string() : named_shell(options.shell);
  ProfileRequest request;
  request.environment = context.outside().environment;
  MCPCRED_TRY(changed, uninstall_profile_block(shell, request));
  if (context.options.json) {
    Facts files = Facts::list();
    for (const ProfileFile& file : changed) files.push_back({{"path", native_path(file.path)}, {"change", "removed"}});
    MCPCRED_CHECK(print_json(context.io(), {{"files", files}}));
  }
  for (const ProfileFile& file : changed) context.say("took the block out of " + printable(native_path(file.path)));
  context.say(changed.empty() ? "no start-up file has the block" : "shells that are open keep their variables");
  return 0;
}

}  // namespace

Action declare_shell_install(OptionSet& set) {
  auto options = std::make_shared<ShellOptions>();
  set.positional("SHELL", options->shell, "bash, zsh, fish, powershell or nushell; nothing: the login shell", false,
                 {"bash", "zsh", "fish", "powershell", "nushell"});
  set.example("mcpcred shell install", "new shells load what is stored; once, however often it is run");
  return [options](Context& context) { return run_shell_install(context, *options); };
}

Action declare_shell_uninstall(OptionSet& set) {
  auto options = std::make_shared<ShellOptions>();
  set.positional("SHELL", options->shell, "which one; nothing: all of them", false,
                 {"bash", "zsh", "fish", "powershell", "nushell"});
  return [options](Context& context) { return run_shell_uninstall(context, *options); };
}

}  // namespace mcpcred::cli
