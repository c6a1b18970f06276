#include "cli/completion.h"

#include "cli/command.h"
#include "cli/near.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

struct CompletionOptions {
  std::string shell;
};

Result<int> run_completion(Context& context, const CompletionOptions& options) {
  std::string names;
  std::vector<std::string_view> shells;
  for (const CompletionScript& script : completion_scripts()) {
    if (script.shell == options.shell) {
      MCPCRED_CHECK(context.io().out(script.text));
      return 0;
    }
    shells.push_back(script.shell);
    names.append(names.empty() ? "" : ", ").append(script.shell);
  }
  const std::string near_shell = looks_like_secret(options.shell) ? "" : nearest_name(options.shell, shells);
  return fail(ErrorCode::kUsage, "the shells with a completion are " + names,
              near_shell.empty() ? "mcpcred completion --help" : "did you mean: mcpcred completion " + near_shell);
}

}  // namespace

Action declare_completion(OptionSet& set) {
  auto options = std::make_shared<CompletionOptions>();
  set.positional("SHELL", options->shell, "bash, zsh, fish or powershell", true, {"bash", "zsh", "fish", "powershell"});
  set.example("mcpcred completion bash > ~/.local/share/bash-completion/completions/mcpcred",
              "for bash with the package bash-completion; make the folder first");
  set.example("mcpcred completion fish > ~/.config/fish/completions/mcpcred.fish", "for fish");
  return [options](Context& context) { return run_completion(context, *options); };
}

}  // namespace mcpcred::cli
