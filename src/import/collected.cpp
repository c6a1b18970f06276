#include "import/collected.h"

#include <algorithm>

#include "core/encoding.h"
#include "import/reading.h"
#include "mcpcred/ids.h"

namespace mcpcred::dotenv {
namespace {

bool mixes_letter_case(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
         std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

// The lines of a key that somebody pasted without quotes can end like a pair: "Qx3b=". What follows lines that were
// none is a name only if it looks like one.
std::string Collected::name_to_show(std::string_view name, unsigned line) const {
  if (!VariableName::parse(name) || looks_like_secret(name)) return {};
  if (unreadable_until_ != 0 && line == unreadable_until_ + 1 && mixes_letter_case(name)) return {};
  return std::string(name);
}

void Collected::hide(std::string_view name, unsigned line) {
  if (VariableName::parse(name)) hidden_.insert_or_assign(std::string(name), line);
}

void Collected::refuse(std::string_view name, unsigned line, unsigned last_line, ImportProblem problem) {
  problem.line = line;
  problem.last_line = last_line;
  problem.name = name_to_show(name, line);
  hide(name, line);
  if (problem.name.empty()) unreadable_until_ = last_line;
  file_.refused.push_back(std::move(problem));
}

void Collected::take(std::string_view name, unsigned line, unsigned last_line, Secret value) {
  const std::string shown = name_to_show(name, line);
  const std::string_view bytes = value.reveal();
  if (shown.empty())
    return refuse(name, line, last_line,
                  {0,
                   0,
                   {},
                   "what stands before the = cannot be a variable's name",
                   "names are letters, digits and _; a value over several lines belongs between quotes"});
  if (!bytes.empty() && bytes.find_first_not_of('=') == std::string_view::npos) {
    hide(name, line);
    return refuse(
        {}, line, last_line,
        {0, 0, {}, "looks like the end of a longer text", "a value over several lines belongs between quotes"});
  }
  if (bytes.find('\0') != std::string_view::npos)
    return refuse(name, line, last_line, {0, 0, {}, "the value has a NUL byte", "a variable cannot hold it"});
  auto& values = file_.values;
  const auto at = std::find_if(values.begin(), values.end(), [&](const auto& other) { return other.name == shown; });
  if (at == values.end()) {
    values.push_back({shown, line, std::move(value)});
    return;
  }
  file_.notes.push_back({line,
                         last_line,
                         shown,
                         "stands in line " + std::to_string(at->line) + " too; the last one counts, as everywhere",
                         {}});
  if (!(at->value == value)) file_.lost.push_back({at->line, at->line, shown, "a later line gives another value", {}});
  at->line = line;
  at->value = std::move(value);
}

void Collected::pass_over(std::string_view comment, unsigned line) {
  std::string_view text = comment;
  while (!text.empty() && (text.front() == '#' || is_space(text.front()))) text.remove_prefix(1);
  text = trimmed(text.substr(skip_export(text, 0)));
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::string_view name = trimmed(text.substr(0, equals));
  const bool assigns = !name.empty() && name.find_first_of(" \t") == std::string_view::npos &&
                       !trimmed(text.substr(std::min(equals + 1, text.size()))).empty() &&
                       std::any_of(name.begin(), name.end(), is_word);
  const bool is_value = text.find_first_of(" \t") == std::string_view::npos && looks_like_secret(text);
  if (!assigns && !is_value) return;
  const bool shown = VariableName::parse(name) && !looks_like_secret(name);
  file_.lost.push_back({line, line, shown ? std::string(name) : std::string(), "a comment that holds a value", {}});
}

// A line that was refused might be the one that counts.
ImportedFile Collected::file() && {
  std::erase_if(file_.values, [&](const ImportedValue& value) {
    const auto at = hidden_.find(value.name);
    if (at == hidden_.end()) return false;
    file_.refused.push_back({value.line, value.line, value.name,
                             "line " + std::to_string(at->second) + " may give the same name, and was refused",
                             "leave only one of the two lines"});
    return true;
  });
  for (auto* problems : {&file_.refused, &file_.lost})
    std::stable_sort(problems->begin(), problems->end(),
                     [](const ImportProblem& a, const ImportProblem& b) { return a.line < b.line; });
  return std::move(file_);
}

}  // namespace mcpcred::dotenv
