#include <algorithm>
#include <array>
#include <map>

#include "core/encoding.h"
#include "import/collected.h"
#include "import/reading.h"

namespace mcpcred {
namespace {

using dotenv::Reading;
using dotenv::Trouble;

struct Dialect {
  DotenvDialect id;
  std::string_view name;
  Reading (*read)(const dotenv::Text& text, std::size_t begin);
};

constexpr auto kDialects = std::to_array<Dialect>({{DotenvDialect::kNode, "node", dotenv::read_node},
                                                   {DotenvDialect::kPython, "python", dotenv::read_python},
                                                   {DotenvDialect::kRuby, "ruby", dotenv::read_ruby},
                                                   {DotenvDialect::kGo, "go", dotenv::read_go},
                                                   {DotenvDialect::kCompose, "compose", dotenv::read_compose}});

constexpr auto kIds = std::to_array(
    {DotenvDialect::kNode, DotenvDialect::kPython, DotenvDialect::kRuby, DotenvDialect::kGo, DotenvDialect::kCompose});

constexpr std::string_view kNoPair = "no NAME=value";
constexpr std::string_view kSeveralLines = "a value over several lines belongs between quotes";
constexpr std::string_view kNameDialect = "name the parser it was written for: --dialect node|python|ruby|go|compose";

// White space other than blanks and line ends, and control characters: what the parsers make of them differs, and in a
// secret they are a slip of the clipboard.
bool has_odd_characters(std::string_view line) {
  constexpr std::string_view kOdd[] = {"\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\xA8", "\xE2\x80\xA9",
                                       "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", "\xEF\xBB\xBF"};
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7F;
  };
  if (std::any_of(line.begin(), line.end(), is_control)) return true;
  for (const std::string_view odd : kOdd)
    if (line.find(odd) != std::string_view::npos) return true;
  for (std::size_t at = line.find("\xE2\x80"); at != std::string_view::npos; at = line.find("\xE2\x80", at + 1))
    if (at + 2 < line.size() && static_cast<unsigned char>(line[at + 2]) <= 0x8A) return true;  // U+2000 to U+200A
  return false;
}

// The text with every CR LF as LF, and where they were.
Secret with_plain_line_ends(std::string_view text, std::vector<std::size_t>& crlf) {
  Secret plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') {
      crlf.push_back(plain.size());
      continue;
    }
    plain.append(text.substr(i, 1));
  }
  return plain;
}

std::string names_of(const std::vector<std::string_view>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + std::string(names[i]);
  return text;
}

bool is_quote(char c) {
  return c == '\'' || c == '"' || c == '`';
}

// Every word there that could be a name with a value, or stands first in its line; Python takes 'NAME'=value too.
std::vector<std::string_view> possible_names(std::string_view text) {
  std::vector<std::string_view> words;
  bool first = true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!dotenv::is_word(text[at])) {
      first = text[at] == '\n' || (first && (dotenv::is_blank(text[at]) || is_quote(text[at])));
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && dotenv::is_word(text[at])) ++at;
    const std::string_view word = text.substr(begin, at - begin);
    const std::size_t behind = at < text.size() && is_quote(text[at]) ? at + 1 : at;
    const std::size_t next = dotenv::skip_spaces(text, behind);
    if (first || (next < text.size() && (text[next] == '=' || text[next] == ':'))) words.push_back(word);
    first = first && word == "export";
    --at;
  }
  return words;
}

std::size_t next_statement(std::string_view text, std::size_t at) {
  while ((at = dotenv::skip_spaces(text, at)) < text.size() && text[at] == '#') at = dotenv::line_end(text, at);
  return at;
}

// Where every dialect has come to the end of a statement. One that saw the first statement end early goes on from
// there, and may see a value begin that reaches further than the others went.
std::size_t common_end(const dotenv::Text& source, std::span<const Dialect> dialects,
                       const std::vector<Reading>& readings) {
  std::vector<std::size_t> ends;
  ends.reserve(readings.size());
  for (const Reading& reading : readings) ends.push_back(reading.end);
  for (;;) {
    const std::size_t furthest = dotenv::line_end(source.text, *std::max_element(ends.begin(), ends.end()));
    bool moved = false;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      while (ends[i] < furthest) {
        const std::size_t at = next_statement(source.text, ends[i]);
        ends[i] = at >= furthest ? furthest : dialects[i].read(source, at).end;
        moved = true;
      }
    }
    if (!moved) return furthest;
  }
}

// Why this dialect's reading cannot be taken; empty: it can.
ImportProblem problem_of(const Reading& reading) {
  switch (reading.trouble) {
    case Trouble::kNone:
      return {};
    case Trouble::kNoPair:
      return {0, 0, {}, std::string(kNoPair), std::string(kSeveralLines)};
    case Trouble::kOpenQuote:
      return {0, 0, {}, "a quote that is never closed", "close it, or put the value between the other kind of quotes"};
    case Trouble::kAfterQuote:
      return {0, 0, {}, "there is more behind the closing quote", "take it away, or put the whole between quotes"};
    case Trouble::kExpansion:
      return {0,
              0,
              {},
              "a $ in it would be expanded, and mcpcred expands nothing",
              "store the value itself: mcpcred store NAME"};
    case Trouble::kCommand:
      return {0, 0, {}, "it would run a command, and mcpcred runs none", "store the value itself: mcpcred store NAME"};
  }
  return {};
}

bool same(const Reading& a, const Reading& b) {
  return a.trouble == Trouble::kNone && b.trouble == Trouble::kNone && a.name == b.name && a.end == b.end &&
         a.value == b.value;
}

// A quote that is the only one of its kind up to where the last of them stops: none could have closed it.
bool has_open_quote(const std::vector<Reading>& readings, std::string_view statement) {
  if (std::none_of(readings.begin(), readings.end(),
                   [](const Reading& reading) { return reading.trouble == Trouble::kOpenQuote; }))
    return false;
  const std::size_t open = statement.find_first_of("'\"");
  return open != std::string_view::npos && statement.find(statement[open], open + 1) == std::string_view::npos;
}

// What the five disagree about, said by those that read it unlike the largest group.
ImportProblem disagreement(const std::vector<Reading>& readings, std::string_view statement) {
  if (has_open_quote(readings, statement)) return problem_of(failed(statement, Trouble::kOpenQuote, {}, 0));
  std::vector<std::string_view> expanding;
  std::size_t best = 0;
  std::size_t best_count = 0;
  bool none = true;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    const Trouble trouble = readings[i].trouble;
    none = none && trouble != Trouble::kNone;
    if (trouble == Trouble::kExpansion || trouble == Trouble::kCommand) expanding.push_back(kDialects[i].name);
    const auto count = static_cast<std::size_t>(std::count_if(
        readings.begin(), readings.end(), [&](const Reading& other) { return same(readings[i], other); }));
    if (count > best_count) {
      best = i;
      best_count = count;
    }
  }
  if (!expanding.empty())
    return {0,
            0,
            {},
            "a $ in it would be expanded by " + names_of(expanding),
            std::string(expanding.front() == "python" ? "" : "put the value between single quotes, or ") +
                std::string(kNameDialect)};
  // Ruby's parser takes a name alone for an empty variable.
  const auto pairless = std::count_if(readings.begin(), readings.end(),
                                      [](const Reading& reading) { return reading.trouble == Trouble::kNoPair; });
  if (none || pairless >= 3) return {0, 0, {}, std::string(kNoPair), std::string(kSeveralLines)};
  std::vector<std::string_view> others;
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (!same(readings[i], readings[best])) others.push_back(kDialects[i].name);
  return {0, 0, {}, "read otherwise by " + names_of(others) + " than by the other dialects", std::string(kNameDialect)};
}

}  // namespace

std::string_view dialect_name(DotenvDialect dialect) {
  return kDialects[static_cast<std::size_t>(dialect)].name;
}

std::optional<DotenvDialect> dialect_from_name(std::string_view name) {
  for (const Dialect& dialect : kDialects)
    if (dialect.name == name) return dialect.id;
  return std::nullopt;
}

std::span<const DotenvDialect> all_dialects() {
  return kIds;
}

Result<ImportedFile> parse_dotenv(std::string_view bytes, std::optional<DotenvDialect> dialect) {
  if (bytes.size() > kMaxImportBytes) return fail(ErrorCode::kTooLarge, "the file is larger than 1 MiB");
  if (bytes.find('\0') != std::string_view::npos || !is_utf8(bytes))
    return fail(ErrorCode::kInvalidInput, "the file is no UTF-8 text", "save it as UTF-8, without NUL bytes");
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());

  dotenv::Text source;
  const Secret plain = with_plain_line_ends(bytes, source.crlf);
  source.text = plain.reveal();
  const std::string_view text = source.text;
  if (const std::size_t cr = text.find('\r'); cr != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput,
                "line " +
                    std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(cr), '\n')) +
                    ": a carriage return that ends no line",
                "save the file with the line ends of Unix or Windows");
  const std::span<const Dialect> dialects =
      dialect ? std::span(kDialects).subspan(static_cast<std::size_t>(*dialect), 1) : std::span(kDialects);
  dotenv::Collected collected;
  unsigned line = 1;
  std::size_t counted = 0;
  const auto line_of = [&](std::size_t at) {
    line += static_cast<unsigned>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted),
                                             text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    return line;
  };
  for (std::size_t at = 0; (at = dotenv::skip_spaces(text, at)) < text.size();) {
    if (text[at] == '#') {
      const std::size_t end = dotenv::line_end(text, at);
      collected.pass_over(text.substr(at, end - at), line_of(at));
      at = end;
      continue;
    }
    std::vector<Reading> readings;
    for (const Dialect& one : dialects) readings.push_back(one.read(source, at));
    const std::size_t end = common_end(source, dialects, readings);
    ImportProblem problem;
    if (has_odd_characters(text.substr(at, end - at)))
      problem = {0, 0, {}, "a control character or white space that is no plain blank", "type the line anew"};
    else if (dialect)
      problem = problem_of(readings.front());
    else if (!std::all_of(readings.begin(), readings.end(), [&](const Reading& r) { return same(r, readings[0]); }))
      problem = disagreement(readings, text.substr(at, end - at));
    const unsigned first = line_of(at);
    // The last line end of a file begins no further line.
    const unsigned last = line_of(end) - (end == text.size() && text[end - 1] == '\n' ? 1 : 0);
    // The name that most would give it; a parser that failed early may have none.
    std::string_view name;
    for (const Reading& reading : readings)
      if (name.empty() || reading.trouble == Trouble::kNone) name = reading.name;
    if (problem.reason.empty()) {
      collected.take(name, first, last, std::move(readings.front().value));
    } else {
      if (problem.reason == kNoPair) name = {};
      collected.refuse(name, first, last, std::move(problem));
      for (const std::string_view word : possible_names(text.substr(at, end - at))) collected.hide(word, first);
    }
    at = end;
  }
  return std::move(collected).file();
}

}  // namespace mcpcred
