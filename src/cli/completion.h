#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"

namespace mcpcred::cli {

/// The command that completion scripts call; it is in no help text.
inline constexpr std::string_view kCompleteCommand = "__complete";

/// Answers a completion script. `words`: the command itself, "word=" and the beginning of the word at the cursor, then
/// the words before it, without the program. On stdout one candidate a line, "word" or "word<TAB>what it is"; and a
/// line
/// ":files", ":folders" or ":programs" where the shell knows best. Opens no store, asks nobody, says nothing on stderr,
/// and gives 0 whatever it finds.
int answer_completion(Outside outside, const std::vector<std::string>& words);

/// The script of one shell, src/cli/completions/mcpcred.<suffix>.
struct CompletionScript {
  std::string_view shell;  ///< "bash", "zsh", "fish", "powershell"
  std::string_view text;
};
std::span<const CompletionScript> completion_scripts();

}  // namespace mcpcred::cli
