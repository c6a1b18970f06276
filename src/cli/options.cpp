#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/encoding.h"

namespace mcpcred::cli {

struct OptionSet::Parser {
  Parser(const std::string& summary, const std::string& name) : app(summary, "mcpcred " + name), command(name) {
    app.set_help_flag("-h,--help", "show this text");
  }
  CLI::App app;
  std::string command;
  std::string heading = "Options";
  std::vector<std::string>* rest = nullptr;
  std::string rest_help;
  std::optional<Error> extra_word;
};

OptionSet::OptionSet(const std::string& command, const std::string& summary)
    : parser_(std::make_unique<Parser>(summary, command)) {}

OptionSet::~OptionSet() = default;

void OptionSet::flag(const std::string& names, bool& target, const std::string& help) {
  parser_->app.add_flag(names, target, help)->group(parser_->heading);
}

void OptionSet::text(const std::string& names, std::string& target, const std::string& placeholder,
                     const std::string& help) {
  parser_->app.add_option(names, target, help)->type_name(placeholder)->group(parser_->heading);
}

void OptionSet::text(const std::string& names, std::optional<std::string>& target, const std::string& placeholder,
                     const std::string& help) {
  parser_->app
      .add_option_function<std::string>(
          names, [&target](const std::string& value) { target = value; }, help)
      ->type_name(placeholder)
      ->group(parser_->heading);
}

void OptionSet::texts(const std::string& names, std::vector<std::string>& target, const std::string& placeholder,
                      const std::string& help) {
  parser_->app.add_option(names, target, help)
      ->type_name(placeholder)
      ->expected(1)
      ->take_all()
      ->group(parser_->heading);
}

void OptionSet::choice(const std::string& names, std::string& target, const std::vector<std::string>& choices,
                       const std::string& help) {
  std::string placeholder;
  for (const std::string& choice : choices) placeholder += (placeholder.empty() ? "" : "|") + choice;
  parser_->app.add_option(names, target, help)
      ->type_name(placeholder)
      ->group(parser_->heading)
      ->check([choices, placeholder](const std::string& value) {
        return std::find(choices.begin(), choices.end(), value) != choices.end() ? std::string()
                                                                                 : "one of " + placeholder;
      });
}

void OptionSet::positional(const std::string& name, std::string& target, const std::string& help, bool required) {
  parser_->app.add_option(name, target, help)->type_name("")->required(required);
}

void OptionSet::positionals(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  parser_->app.add_option(name, target, help)->type_name("");
}

void OptionSet::rest(const std::string& name, std::vector<std::string>& target, const std::string& help) {
  parser_->rest = &target;
  parser_->rest_help = "  -- " + name + "  " + help;
}

void OptionSet::on_extra_word(Error error) {
  parser_->extra_word = std::move(error);
}

void OptionSet::footer(std::string (*make)()) {
  parser_->app.footer(make);
}

void OptionSet::group(const std::string& heading) {
  parser_->heading = heading;
}

Result<void> OptionSet::parse(const std::vector<std::string>& words) {
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const std::string help_hint = "mcpcred " + parser_->command + " --help";
  if (dashes != words.end()) {
    if (parser_->rest == nullptr) return fail(ErrorCode::kUsage, "nothing may follow -- here", help_hint);
    parser_->rest->assign(dashes + 1, words.end());
  }
  std::vector<std::string> reversed(words.begin(), dashes);  // CLI11 takes them from the back
  std::reverse(reversed.begin(), reversed.end());
  try {
    parser_->app.parse(reversed);
    return {};
  } catch (const CLI::ExtrasError&) {
    const auto is_option = [](const std::string& word) { return word.size() > 1 && word.front() == '-'; };
    std::vector<std::string> left = parser_->app.remaining();
    const auto option = std::find_if(left.begin(), left.end(), is_option);
    if (option == left.end() && parser_->extra_word) return Unexpected(*parser_->extra_word);
    if (option == left.end()) return fail(ErrorCode::kUsage, "there is a word too many", help_hint);
    const std::string name = option->substr(0, option->find('='));
    return fail(ErrorCode::kUsage,
                looks_like_secret(name) ? "an option is not known" : printable(name) + " is no option here", help_hint);
  } catch (const CLI::RequiredError& error) {
    return fail(ErrorCode::kUsage, std::string(error.what()), help_hint);
  } catch (const CLI::ValidationError& error) {
    // CLI11 writes "--name: what the check said"; our checks repeat no value.
    return fail(ErrorCode::kUsage, std::string(error.what()), help_hint);
  } catch (const CLI::ParseError&) {
    return fail(ErrorCode::kUsage, "an option is incomplete or given twice", help_hint);
  }
}

std::string OptionSet::help() const {
  std::string text = parser_->app.help();
  if (!parser_->rest_help.empty()) text += parser_->rest_help + "\n";
  return text;
}

}  // namespace mcpcred::cli
