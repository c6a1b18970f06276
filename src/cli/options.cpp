#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <variant>

#include "cli/near.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

std::vector<std::string> split_names(const std::string& names) {
  std::vector<std::string> all;
  std::size_t begin = 0;
  for (std::size_t comma = names.find(','); comma != std::string::npos; comma = names.find(',', begin)) {
    all.push_back(names.substr(begin, comma - begin));
    begin = comma + 1;
  }
  all.push_back(names.substr(begin));
  return all;
}

std::string joined(const std::vector<std::string>& words, std::string_view between) {
  std::string text;
  for (const std::string& word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

}  // namespace

struct OptionSet::Target {
  std::variant<bool*, std::string*, std::optional<std::string>*, std::vector<std::string>*> to;
  bool checked = false;  // only the declared choices are taken
};

OptionSet::OptionSet(std::string command, std::string summary)
    : command_(std::move(command)), summary_(std::move(summary)) {}

OptionSet::~OptionSet() = default;

OptionInfo& OptionSet::declare(OptionForm form, const std::string& names, const std::string& help, Target target) {
  const bool option = form == OptionForm::kFlag || form == OptionForm::kValue;
  declared_.push_back({.form = form,
                       .names = option ? split_names(names) : std::vector<std::string>{names},
                       .help = help,
                       .group = option ? group_ : std::string()});
  targets_.push_back(target);
  return declared_.back();
}

void OptionSet::flag(const std::string& names, bool& target, const std::string& help) {
  declare(OptionForm::kFlag, names, help, {&target});
}

void OptionSet::text(const std::string& names, std::string& target, const std::string& placeholder,
                     const std::string& help, WordSpec word) {
  OptionInfo& info = declare(OptionForm::kValue, names, help, {&target});
  info.placeholder = placeholder;
  info.word = std::move(word);
}

void OptionSet::text(const std::string& names, std::optional<std::string>& target, const std::string& placeholder,
                     const std::string& help, WordSpec word) {
  OptionInfo& info = declare(OptionForm::kValue, names, help, {&target});
  info.placeholder = placeholder;
  info.word = std::move(word);
}

void OptionSet::texts(const std::string& names, std::vector<std::string>& target, const std::string& placeholder,
                      const std::string& help, WordSpec word) {
  OptionInfo& info = declare(OptionForm::kValue, names, help, {&target});
  info.placeholder = placeholder;
  info.word = std::move(word);
  info.repeated = true;
}

void OptionSet::choice(const std::string& names, std::string& target, const std::vector<std::string>& choices,
                       const std::string& help) {
  OptionInfo& info = declare(OptionForm::kValue, names, help, {&target, true});
  info.placeholder = joined(choices, "|");
  info.word.choices = choices;
}

void OptionSet::positional(const std::string& name, std::string& target, const std::string& help, bool required,
                           WordSpec word) {
  OptionInfo& info = declare(OptionForm::kPositional, name, help, {&target});
  info.required = required;
  info.word = std::move(word);
}

void OptionSet::positionals(const std::string& name, std::vector<std::string>& target, const std::string& help,
                            WordSpec word) {
  OptionInfo& info = declare(OptionForm::kPositionals, name, help, {&target});
  info.word = std::move(word);
  info.repeated = true;
}

void OptionSet::rest(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  declare(OptionForm::kRest, name, help, {&target}).word = WordKind::kProgram;
}

void OptionSet::on_extra_word(Error error) {
  extra_word_ = std::move(error);
}

void OptionSet::footer(std::string (*make)()) {
  footer_ = make;
}

void OptionSet::group(const std::string& heading) {
  group_ = heading;
}

void OptionSet::example(std::string line, std::string meaning) {
  examples_.push_back({std::move(line), std::move(meaning)});
}

std::string OptionSet::nearest_option(std::string_view typed) const {
  std::vector<std::string_view> names;
  for (const OptionInfo& info : declared_)
    for (const std::string& name : info.names)
      if (name.starts_with("--")) names.emplace_back(name);
  return typed.starts_with("--") ? nearest_name(typed, names) : std::string();
}

Result<void> OptionSet::parse(const std::vector<std::string>& words) {
  const std::string help_hint = "mcpcred " + command_ + " --help";
  const auto dashes = std::find(words.begin(), words.end(), "--");
  CLI::App app("", "mcpcred " + command_);
  app.set_help_flag();
  std::string near_choice;
  bool takes_rest = false;
  for (std::size_t i = 0; i < declared_.size(); ++i) {
    const OptionInfo& info = declared_[i];
    const Target& target = targets_[i];
    const std::string names = joined(info.names, ",");
    if (info.form == OptionForm::kRest) {
      takes_rest = true;
      if (dashes != words.end()) std::get<std::vector<std::string>*>(target.to)->assign(dashes + 1, words.end());
    } else if (bool* const* flag = std::get_if<bool*>(&target.to)) {
      app.add_flag(names, **flag);
    } else if (auto* const* text = std::get_if<std::string*>(&target.to)) {
      CLI::Option* option = app.add_option(names, **text)->required(info.required);
      if (target.checked)
        option->check([&info, &near_choice](const std::string& value) {
          const auto& choices = info.word.choices;
          if (std::find(choices.begin(), choices.end(), value) != choices.end()) return std::string();
          if (!looks_like_secret(value)) near_choice = nearest_name(value, {choices.begin(), choices.end()});
          return "one of " + info.placeholder;
        });
    } else if (auto* const* maybe = std::get_if<std::optional<std::string>*>(&target.to)) {
      app.add_option_function<std::string>(names, [to = *maybe](const std::string& value) { *to = value; });
    } else {
      CLI::Option* option = app.add_option(names, *std::get<std::vector<std::string>*>(target.to));
      if (info.form == OptionForm::kValue) option->expected(1)->take_all();
    }
  }
  if (dashes != words.end() && !takes_rest) return fail(ErrorCode::kUsage, "nothing may follow -- here", help_hint);

  std::vector<std::string> reversed(words.begin(), dashes);  // CLI11 takes them from the back
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(reversed);
    return {};
  } catch (const CLI::ExtrasError&) {
    const auto is_option = [](const std::string& word) { return word.size() > 1 && word.front() == '-'; };
    std::vector<std::string> left = app.remaining();
    const auto option = std::find_if(left.begin(), left.end(), is_option);
    if (option == left.end() && extra_word_) return Unexpected(*extra_word_);
    if (option == left.end()) return fail(ErrorCode::kUsage, "there is a word too many", help_hint);
    const std::string name = option->substr(0, option->find('='));
    if (looks_like_secret(name)) return fail(ErrorCode::kUsage, "an option is not known", help_hint);
    const std::string near = nearest_option(name);
    return fail(ErrorCode::kUsage, printable(name) + " is no option here",
                near.empty() ? help_hint : "did you mean: mcpcred " + command_ + " " + near);
  } catch (const CLI::RequiredError& error) {
    return fail(ErrorCode::kUsage, std::string(error.what()), help_hint);
  } catch (const CLI::ValidationError& error) {
    // CLI11 writes "--name: what the check said"; our checks repeat no value.
    return fail(ErrorCode::kUsage, std::string(error.what()),
                near_choice.empty() ? help_hint : "did you mean " + near_choice + "?");
  } catch (const CLI::ParseError&) {
    return fail(ErrorCode::kUsage, "an option is incomplete or given twice", help_hint);
  }
}

}  // namespace mcpcred::cli
