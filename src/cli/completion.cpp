#include "cli/completion.h"

#include <algorithm>

#include "cli/command.h"
#include "cli/completion_words.h"

namespace mcpcred::cli {
namespace {

bool is_option_word(std::string_view word) {
  return word.size() > 1 && word.front() == '-';
}

// As typed in quotes, where the shell did not take them off.
std::string unquoted(std::string word) {
  if (word.empty() || (word.front() != '"' && word.front() != '\'')) return word;
  const char quote = word.front();
  word.erase(0, 1);
  if (word.ends_with(quote)) word.pop_back();
  return word;
}

const OptionInfo* find_option(const OptionSet& set, std::string_view word) {
  const std::string_view name = word.substr(0, word.find('='));
  for (const OptionInfo& info : set.declared())
    if (std::find(info.names.begin(), info.names.end(), name) != info.names.end() && name.starts_with('-'))
      return &info;
  return nullptr;
}

// What the words before the cursor say.
struct Line {
  const OptionInfo* waiting = nullptr;  // the option whose value comes next
  std::vector<const OptionInfo*> given;
  std::size_t positionals = 0;
  bool behind_dashes = false;
  std::size_t behind = 0;  // how many words stand behind the --
};

void note_value(const OptionInfo& info, const std::string& value, GlobalOptions& options) {
  if (info.names.front() == "--account") options.account = value;
  if (info.names.front() == "--data-dir") options.data_dir = value;
}

// Reads words from `at` on: up to the first that is no option, or with `Whole` all of them.
enum class Reach : std::uint8_t { kOptions, kWhole };
void read_words(const OptionSet& set, const std::vector<std::string>& words, std::size_t& at, Reach reach, Line& line,
                GlobalOptions& options) {
  for (; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (word == "--") {
      line.behind_dashes = true;
      line.behind = words.size() - at - 1;
      return;
    }
    if (!is_option_word(word)) {
      if (reach == Reach::kOptions) return;
      ++line.positionals;
      continue;
    }
    if (reach == Reach::kOptions && find_command(word) != nullptr) return;
    const OptionInfo* info = find_option(set, word);
    if (info == nullptr) continue;
    line.given.push_back(info);
    if (info->form != OptionForm::kValue) continue;
    if (const std::size_t equals = word.find('='); equals != std::string::npos)
      note_value(*info, word.substr(equals + 1), options);
    else if (++at < words.size())
      note_value(*info, words[at], options);
    else
      line.waiting = info;
  }
}

void offer_commands(CompletionWords& offer) {
  for (const Command& command : all_commands()) {
    const std::size_t space = command.name.find(' ');
    if (space == std::string_view::npos) {
      offer.add(command.name, command.summary);
      continue;
    }
    std::string about;
    const std::string_view family = command.name.substr(0, space);
    for (const Command& other : all_commands())
      if (other.name.starts_with(std::string(family) + " "))
        about.append(about.empty() ? "" : ", ").append(other.name.substr(space + 1));
    offer.add(family, about);
  }
}

void offer_subcommands(const std::string& family, CompletionWords& offer) {
  for (const Command& command : all_commands())
    if (command.name.starts_with(family + " ")) offer.add(command.name.substr(family.size() + 1), command.summary);
}

void offer_options(const OptionSet& set, const Line& line, CompletionWords& offer) {
  for (const OptionInfo& info : set.declared()) {
    if (info.form != OptionForm::kFlag && info.form != OptionForm::kValue) continue;
    if (!info.repeated && std::find(line.given.begin(), line.given.end(), &info) != line.given.end()) continue;
    // The long name says what it is; a short one is for those who know it.
    offer.add(info.names.back(), info.help);
  }
}

// The word at the cursor is an option's value, or an option, or the next of the words.
void offer_next(const OptionSet& set, const Line& line, const std::string& current, CompletionWords& offer) {
  if (line.behind_dashes) {
    const auto takes_rest = [](const OptionInfo& info) { return info.form == OptionForm::kRest; };
    if (std::any_of(set.declared().begin(), set.declared().end(), takes_rest))
      offer.leave_to_shell(line.behind == 0 ? WordKind::kProgram : WordKind::kFile);
    return;
  }
  if (line.waiting != nullptr) return offer.add_words(line.waiting->word);
  if (current.starts_with('-')) {
    const std::size_t equals = current.find('=');
    if (equals == std::string::npos) return offer_options(set, line, offer);
    const OptionInfo* info = find_option(set, current);
    if (info == nullptr || info->form != OptionForm::kValue) return;
    offer.behind(current.substr(0, equals + 1));
    return offer.add_words(info->word);
  }
  std::size_t skipped = 0;
  for (const OptionInfo& info : set.declared()) {
    if (info.form != OptionForm::kPositional && info.form != OptionForm::kPositionals) continue;
    if (info.form == OptionForm::kPositional && skipped++ < line.positionals) continue;
    return offer.add_words(info.word);
  }
  if (current.empty()) offer_options(set, line, offer);
}

void complete(Outside outside, const std::vector<std::string>& words, const std::string& current, std::string& out) {
  GlobalOptions options;
  GlobalOptions unused;
  OptionSet globals("", "");
  declare_global(globals, unused);
  Line line;
  std::size_t at = 0;
  read_words(globals, words, at, Reach::kOptions, line, options);

  std::string name = at < words.size() ? words[at] : std::string();
  const bool family = find_command(name) == nullptr && is_family(name);
  if (family && at + 1 < words.size()) name += " " + words[++at];
  const Command* command = find_command(name);
  // Options that stand before the command count behind it as well.
  std::optional<OptionSet> set;
  Action action;
  if (command != nullptr) {
    set.emplace(std::string(command->name), std::string(command->summary));
    action = command->declare(*set);
    declare_global(*set, unused);
    Line behind;
    read_words(*set, words, ++at, Reach::kWhole, behind, options);
    line = behind;
  }
  Context context(std::move(outside), std::move(options));
  CompletionWords offer(context, current);
  if (command != nullptr) {
    offer_next(*set, line, current, offer);
  } else if (family && at + 1 == words.size()) {
    offer_subcommands(name, offer);
  } else if (name.empty() && !line.behind_dashes) {
    const bool word = line.waiting == nullptr && !current.starts_with('-');
    if (word)
      offer_commands(offer);
    else
      offer_next(globals, line, current, offer);
    if (!word && line.waiting == nullptr && current.find('=') == std::string::npos)
      offer.add("--version", "which mcpcred this is");
  }
  out = offer.text();
}

}  // namespace

int answer_completion(Outside outside, const std::vector<std::string>& words) {
  constexpr std::string_view kWord = "word=";
  if (words.size() < 2 || !words[1].starts_with(kWord)) return 0;
  std::vector<std::string> before;
  for (std::size_t i = 2; i < words.size(); ++i)
    if (!words[i].empty()) before.push_back(unquoted(words[i]));
  Io& io = outside.io;
  std::string out;
  complete(std::move(outside), before, unquoted(words[1].substr(kWord.size())), out);
  static_cast<void>(io.out(out));  // where the shell is gone there is nobody to tell
  return 0;
}

}  // namespace mcpcred::cli
