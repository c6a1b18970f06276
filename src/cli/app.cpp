#include "cli/app.h"

#include <algorithm>
#include <array>

#include "cli/command.h"
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/log_sink.h"
#include "cli/output.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

constexpr auto kOptionsWithValue = std::to_array<std::string_view>({"--store", "--account", "--color", "--data-dir"});

std::string overview() {
  std::string text =
      "mcpcred keeps the credentials of MCP servers in a store and hands each to the process that needs it\n\n"
      "usage: mcpcred COMMAND [options]\n\n";
  for (const Command& command : all_commands()) {
    std::string name(command.name);
    name.resize(std::max<std::size_t>(name.size(), 16), ' ');
    text += "  " + name + " " + std::string(command.summary) + "\n";
  }
  return text + "\nmcpcred COMMAND --help tells a command's options; also: --version, --check-credentials\n";
}

struct Found {
  const Command* command = nullptr;
  std::vector<std::string> words;  // without the command's own
};

Unexpected unknown_command(std::string_view word) {
  std::string nearest;
  std::size_t best = 3;
  for (const Command& command : all_commands()) {
    const std::size_t distance = edit_distance(word, command.name.substr(0, command.name.find(' ')));
    if (distance < best) {
      best = distance;
      nearest = command.name.substr(0, command.name.find(' '));
    }
  }
  const std::string shown = looks_like_secret(word) ? "that" : "'" + printable(word.substr(0, 40)) + "'";
  return fail(ErrorCode::kUsage, shown + " is no command",
              nearest.empty() ? "the commands: mcpcred --help" : "did you mean: mcpcred " + nearest);
}

// The command is the first word that is neither a global option nor its value.
Result<Found> find_in(std::vector<std::string> words) {
  std::size_t at = 0;
  while (at < words.size() && words[at].starts_with('-') && words[at] != "--" && find_command(words[at]) == nullptr)
    at += std::find(kOptionsWithValue.begin(), kOptionsWithValue.end(), words[at]) != kOptionsWithValue.end() ? 2U : 1U;
  if (at >= words.size()) return fail(ErrorCode::kUsage, "there is no command", "the commands: mcpcred --help");
  std::size_t count = 1;
  std::string name = words[at];
  if (find_command(name) == nullptr && is_family(name)) {
    if (at + 1 < words.size() && !words[at + 1].starts_with('-')) {
      name += " " + words[at + 1];
      count = 2;
    }
    if (find_command(name) == nullptr) {
      std::string list;
      for (const Command& command : all_commands())
        if (command.name.starts_with(words[at] + " "))
          list += (list.empty() ? "" : ", ") + std::string(command.name.substr(words[at].size() + 1));
      return fail(ErrorCode::kUsage, "mcpcred " + words[at] + " needs one of: " + list,
                  "mcpcred " + words[at] + " " + list.substr(0, list.find(',')) + " --help");
    }
  }
  const Command* command = find_command(name);
  if (command == nullptr) return unknown_command(name);
  const auto first = words.begin() + static_cast<std::ptrdiff_t>(at);
  words.erase(first, first + static_cast<std::ptrdiff_t>(count));
  return Found{command, std::move(words)};
}

// The first word that is no option; options before it are global.
std::vector<std::string>::const_iterator first_word(const std::vector<std::string>& words) {
  return std::find_if(words.begin(), words.end(), [](const std::string& word) { return !word.starts_with('-'); });
}

bool wants_help(const std::vector<std::string>& words) {
  const auto end = std::find(words.begin(), words.end(), "--");
  return std::any_of(words.begin(), end, [](const std::string& word) { return word == "--help" || word == "-h"; });
}

}  // namespace

int run_app(Outside outside, std::vector<std::string> words) {
  Io& io = outside.io;
  if (!words.empty() && words.front() == kCompleteCommand) return answer_completion(std::move(outside), words);
  GlobalOptions options;
  const auto give_up = [&io, &options, environment = outside.environment](const Error& error, bool json) {
    return report_error(io, style_for(io.screen(Output::kErr), options.color, environment), error, json);
  };
  if (std::find(words.cbegin(), first_word(words), "--version") != first_word(words)) {
    const auto written = io.out("mcpcred " MCPCRED_VERSION "\n");
    return written ? 0 : give_up(written.error(), false);
  }
  if (!words.empty() && words.front() == "help") words.front() = "--help";
  const bool help = wants_help(words);
  auto found = find_in(words);
  if (!found) {
    const bool overall = help && std::none_of(words.begin(), words.end(),
                                              [](const std::string& word) { return !word.starts_with('-'); });
    if (!overall) return give_up(found.error(), false);
    const auto written = io.out(overview());
    return written ? 0 : give_up(written.error(), false);
  }

  OptionSet set(std::string(found->command->name), std::string(found->command->summary));
  const Action action = found->command->declare(set);
  declare_global(set, options);
  if (!help)
    if (auto parsed = set.parse(found->words); !parsed) return give_up(parsed.error(), options.json);
  if (help || options.help) {
    const auto written = io.out(help_text(set));
    return written ? 0 : give_up(written.error(), false);
  }
  if (options.verbose) log_to_stderr();
  const bool json = options.json;
  Context context(std::move(outside), options);
  const Result<int> result = action(context);
  context.end_waiting();
  return result ? *result : give_up(result.error(), json);
}

}  // namespace mcpcred::cli
