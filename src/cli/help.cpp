#include "cli/help.h"

#include <algorithm>

namespace mcpcred::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kWidestLabel = 24;  // a longer one has its explanation on the next line

bool is_option(const OptionInfo& info) {
  return info.form == OptionForm::kFlag || info.form == OptionForm::kValue;
}

void append_entry(std::string& text, const std::string& label, const std::string& help, std::size_t column) {
  std::string line = std::string(kIndent, ' ') + label;
  if (line.size() + 2 > column) {
    text += line + "\n";
    line.clear();
  }
  line.resize(column, ' ');
  text += line + wrapped(help, kWidth - column, column) + "\n";
}

std::size_t help_column(const OptionSet& set) {
  std::size_t widest = 0;
  for (const OptionInfo& info : set.declared())
    if (const std::size_t size = option_label(info).size(); size <= kWidestLabel) widest = std::max(widest, size);
  return kIndent + widest + 2;
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column != 0 && column + 1 + word.size() > width) {
      result += "\n" + std::string(indent, ' ');
      column = 0;
    }
    if (column != 0) result += ' ';
    column += word.size() + (column == 0 ? 0 : 1);
    result += word;
  }
  return result;
}

std::string usage_line(const OptionSet& set) {
  std::string line = "mcpcred " + set.command() + " [options]";
  for (const OptionInfo& info : set.declared()) {
    if (is_option(info)) continue;
    std::string word = info.form == OptionForm::kRest ? "-- " + info.names.front() : info.names.front();
    if (info.form == OptionForm::kPositionals) word += "...";
    line.append(info.required ? " " + word : " [" + word + "]");
  }
  return line;
}

std::string option_label(const OptionInfo& info) {
  std::string label = info.form == OptionForm::kRest ? "-- " : "";
  for (const std::string& name : info.names) label += (&name == info.names.data() ? "" : ", ") + name;
  return info.placeholder.empty() ? label : label + " " + info.placeholder;
}

std::string help_text(const OptionSet& set) {
  std::string text = set.summary() + "\n\nusage: " + wrapped(usage_line(set), kWidth - 7, 9) + "\n";
  const std::size_t column = help_column(set);
  bool headed = false;
  for (const OptionInfo& info : set.declared()) {
    if (is_option(info)) continue;
    if (!headed) text += "\n";
    headed = true;
    append_entry(text, option_label(info), info.help, column);
  }
  std::string group;
  headed = false;
  for (const OptionInfo& info : set.declared()) {
    if (!is_option(info)) continue;
    if (!headed || info.group != group)
      text += "\n" + (info.group.empty() ? std::string("options") : info.group) + ":\n";
    headed = true;
    group = info.group;
    append_entry(text, option_label(info), info.help, column);
  }
  if (!set.examples().empty()) text += "\nexamples:\n";
  for (const Example& example : set.examples())
    text += "  " + example.line + "\n      " + wrapped(example.meaning, kWidth - 6, 6) + "\n";
  if (const std::string footer = set.footer(); !footer.empty()) text += "\n" + footer;
  return text;
}

}  // namespace mcpcred::cli
