#include <algorithm>
#include <array>
#include <regex>

#include "check/value_facts.h"
#include "mcpcred/check.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxCompared = 4096;  // std::regex recurses once a character

constexpr std::array<std::string_view, 5> kVerdictNames = {"unknown", "ok", "bad_checksum", "wrong_kind", "malformed"};

bool matches(const std::string& pattern, std::string_view value) {
  if (pattern.empty() || value.size() > kMaxCompared) return false;
  // [^:]+ and the like would swallow line breaks: a pattern for values of several lines says so itself.
  const bool several_lines = value.find_first_of("\r\n") != std::string_view::npos;
  if (several_lines && pattern.find("\\n") == std::string::npos && pattern.find("[\\s\\S]") == std::string::npos)
    return false;
  try {
    return std::regex_match(value.begin(), value.end(), std::regex(pattern, std::regex::ECMAScript));
  } catch (const std::regex_error&) {
    return false;
  }
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// What comes along when a value is copied from a page or a file; empty where nothing did.
std::string_view copying_fault(std::string_view value) {
  if (value.empty()) return "it is empty";
  const char first = value.front();
  const char last = value.back();
  if (is_space(first) || is_space(last)) return "it has spaces or a line end around it: copy it again without them";
  if (value.size() > 1 && first == last && (first == '"' || first == '\'' || first == '`'))
    return "it has quotes around it: copy it again without them";
  const bool control = std::any_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && !is_space(c)) || byte == 0x7F;
  });
  return control ? "it holds control characters: copy it again" : std::string_view();
}

// The texts that guides have in place of a token.
bool is_placeholder(std::string_view value) {
  constexpr std::array<std::string_view, 7> kMarks = {"your-",  "your_",    "_your",      "changeme",
                                                      "xxxxxx", "replace_", "placeholder"};
  if (value.front() == '<' && value.back() == '>') return true;
  if (value.size() >= 8 && value.find_first_not_of(value.front()) == std::string_view::npos) return true;
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; };
  return value.find("://") == std::string_view::npos &&
         std::any_of(kMarks.begin(), kMarks.end(), [&](std::string_view mark) {
           return std::search(value.begin(), value.end(), mark.begin(), mark.end(), same) != value.end();
         });
}

void add_note(std::string& note, std::string_view more) {
  if (more.empty()) return;
  if (!note.empty()) note += "; ";
  note += more;
}

FormatFinding recognised(const TokenFormat& format, const ValueFacts& facts) {
  FormatFinding finding;
  finding.verdict = FormatVerdict::kOk;
  finding.kind = format.kind;
  finding.checksum = facts.checksum != ChecksumVerdict::kNone;
  finding.note = format.note;
  finding.created_not_before = facts.created_not_before;
  finding.expires = facts.expires;
  add_note(finding.note, facts.note);
  if (!format.wrong_kind.empty()) {
    finding.verdict = FormatVerdict::kWrongKind;
    finding.note = format.wrong_kind;
  } else if (!facts.malformed.empty()) {
    finding.verdict = FormatVerdict::kMalformed;
    finding.note = facts.malformed;
  } else if (facts.checksum == ChecksumVerdict::kDiffers) {
    finding.verdict = FormatVerdict::kBadChecksum;
    finding.note = "its checksum does not fit: mistyped, cut off, or an example";
  }
  return finding;
}

FormatFinding only_note(FormatVerdict verdict, std::string_view note) {
  FormatFinding finding;
  finding.verdict = verdict;
  finding.note = note;
  return finding;
}

}  // namespace

FormatFinding inspect_value(const CatalogVariable& variable, std::string_view value) {
  // Texts of any length and many lines are recognised by their own reader, before line ends count as a fault.
  for (const TokenFormat& format : variable.formats)
    if (format.pattern.empty() && !format.checksum.empty())
      if (const ValueFacts facts = read_value(format.checksum, value); facts.recognised)
        return recognised(format, facts);
  const bool comparable = std::any_of(variable.formats.begin(), variable.formats.end(),
                                      [](const TokenFormat& format) { return !format.pattern.empty(); });
  const std::string_view fault = copying_fault(value);
  if (!comparable) return only_note(FormatVerdict::kUnknown, fault);
  if (!fault.empty()) return only_note(FormatVerdict::kMalformed, fault);
  if (value.size() > kMaxCompared)
    return only_note(FormatVerdict::kUnknown, "it is too long to be compared with the known kinds");
  if (is_placeholder(value))
    return only_note(FormatVerdict::kMalformed, "it looks like a placeholder from a guide, not like a credential");

  for (const bool wrong : {true, false})
    for (const TokenFormat& format : variable.formats) {
      if (format.wrong_kind.empty() == wrong || !matches(format.pattern, value)) continue;
      const ValueFacts facts = read_value(format.checksum, value);
      if (facts.recognised || wrong) return recognised(format, facts);
    }
  const bool open = std::any_of(variable.formats.begin(), variable.formats.end(), [](const TokenFormat& format) {
    return format.pattern.empty() && format.checksum.empty();
  });
  if (open) return {};
  return only_note(FormatVerdict::kMalformed,
                   "it looks like none of the known kinds; mistyped, cut off, or newer than this program");
}

std::string_view verdict_name(FormatVerdict verdict) {
  return kVerdictNames.at(static_cast<std::size_t>(verdict));
}

std::optional<FormatVerdict> verdict_from_name(std::string_view name) {
  for (std::size_t i = 0; i < kVerdictNames.size(); ++i)
    if (kVerdictNames.at(i) == name) return static_cast<FormatVerdict>(i);
  return std::nullopt;
}

}  // namespace mcpcred
