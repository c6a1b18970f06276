#include "cli/commands/check_report.h"

#include <algorithm>

#include "cli/output.h"
#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

std::string state_shown(const ReviewItem& item) {
  if (item.state != CredentialState::kOk) return std::string(state_name(item.state));
  for (const ReviewFinding& finding : item.findings)
    if (finding.code == kShellDifferent) return "different";
  return std::string(severity_name(item.severity()));
}

Tone tone_of(Severity severity) {
  if (severity == Severity::kOk) return Tone::kGood;
  return severity == Severity::kWarning ? Tone::kAttention : Tone::kBad;
}

std::string note_shown(const ReviewItem& item) {
  if (item.state != CredentialState::kOk && !item.hint.empty()) return item.hint;
  Severity worst = Severity::kOk;
  for (const ReviewFinding& finding : item.findings) worst = std::max(worst, finding.severity);
  std::string note;
  for (const ReviewFinding& finding : item.findings) {
    if (finding.severity != worst) continue;
    note += (note.empty() ? "" : "; ") + printable(finding.message);
    if (worst == Severity::kOk) break;
    if (!finding.hint.empty()) note += " (" + printable(finding.hint) + ")";
  }
  return note;
}

std::string summary(const CheckReport& report) {
  std::vector<std::pair<std::string, int>> counts;
  for (const ReviewItem& item : report.items) {
    const std::string state = state_shown(item);
    const auto at = std::find_if(counts.begin(), counts.end(), [&](const auto& pair) { return pair.first == state; });
    if (at == counts.end())
      counts.emplace_back(state, 1);
    else
      ++at->second;
  }
  std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
    return std::pair(a.first != "ok", a.first) < std::pair(b.first != "ok", b.first);
  });
  std::string text;
  for (const auto& [state, count] : counts) text += std::to_string(count) + " " + state + " · ";
  return text + (report.values_read ? "values read" : "values not read (--read)");
}

Facts json_of(const ReviewFinding& finding) {
  return {{"code", finding.code},
          {"severity", severity_name(finding.severity)},
          {"message", finding.message},
          {"hint", finding.hint}};
}

}  // namespace

std::string check_text(const CheckReport& report, const Context& context, const Style& style) {
  const bool shell = !report.shell.empty();
  std::vector<std::string> header = {"SERVER", "VARIABLE", "STATE", "AGE", "DUE", "NOTE"};
  if (shell) header.insert(header.begin() + 3, "SHELL");
  Table table(header);
  const bool accounts = std::any_of(report.items.begin(), report.items.end(),
                                    [](const ReviewItem& item) { return item.account != "default"; });
  for (std::size_t i = 0; i < report.items.size(); ++i) {
    const ReviewItem& item = report.items[i];
    std::vector<Cell> row = {item.server.empty() ? "-" : item.server,
                             item.variable + (accounts && item.account != "default" ? " (" + item.account + ")" : ""),
                             Cell(state_shown(item), tone_of(item.severity())),
                             item.stored ? shown_age(*item.stored, context.now()) : "",
                             item.schedule.due ? shown_due(*item.schedule.due, context.today()) : "",
                             note_shown(item)};
    if (shell) row.insert(row.begin() + 3, Cell(report.shell[i]));
    table.add(std::move(row));
  }
  std::string text = report.items.empty() ? "" : table.text(style);
  for (const ReviewFinding& finding : report.findings)
    text += std::string(severity_name(finding.severity)) + ": " + printable(finding.message) +
            (finding.hint.empty() ? "" : " (" + printable(finding.hint) + ")") + "\n";
  return text + in_letters(style, summary(report)) + "\n";
}

Facts check_facts(const CheckReport& report, const Context& context) {
  Facts facts = {{"store", report.store}, {"values_read", report.values_read}, {"online", false}};
  facts["credentials"] = Facts::list();
  for (std::size_t i = 0; i < report.items.size(); ++i) {
    const ReviewItem& item = report.items[i];
    Facts object = {
        {"server", item.server}, {"variable", item.variable},           {"account", item.account},
        {"store", item.store},   {"state", state_name(item.state)},     {"severity", severity_name(item.severity())},
        {"kind", item.kind},     {"format", verdict_name(item.verdict)}};
    object["age_days"] =
        item.stored ? Facts(std::chrono::floor<std::chrono::days>(context.now() - *item.stored).count()) : Facts();
    object["due"] = item.schedule.due ? Facts(format_date(*item.schedule.due)) : Facts();
    object["due_source"] = item.schedule.source;
    object["expires"] = item.expires ? Facts(format_date(*item.expires)) : Facts();
    if (!report.shell.empty()) object["shell"] = report.shell[i].empty() ? Facts() : Facts(report.shell[i]);
    object["hint"] = item.hint;
    object["findings"] = Facts::list();
    for (const ReviewFinding& finding : item.findings) object["findings"].push_back(json_of(finding));
    facts["credentials"].push_back(std::move(object));
  }
  facts["findings"] = Facts::list();
  for (const ReviewFinding& finding : report.findings) facts["findings"].push_back(json_of(finding));
  return facts;
}

Severity CheckReport::worst() const {
  Severity most = Severity::kOk;
  for (const ReviewItem& item : items) most = std::max(most, item.severity());
  for (const ReviewFinding& finding : findings) most = std::max(most, finding.severity);
  return most;
}

}  // namespace mcpcred::cli
