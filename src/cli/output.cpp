#include "cli/output.h"

#include <algorithm>

#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

constexpr std::size_t kGap = 2;

Tone label_tone(std::string_view label) {
  if (label == "error") return Tone::kBad;
  return label == "warning" ? Tone::kAttention : Tone::kFaint;
}

// Where `text` is cut for a line of `width` columns: behind the last space that fits, else behind the last letter.
std::size_t line_length(std::string_view text, std::size_t width) {
  std::size_t fits = 0;
  std::size_t space = std::string_view::npos;
  for (std::size_t used = 0; fits < text.size(); ++used) {
    if (used == width) return space == std::string_view::npos ? fits : space + 1;
    if (text[fits] == ' ') space = fits;
    do ++fits;
    while (fits < text.size() && (static_cast<unsigned char>(text[fits]) & 0xC0U) == 0x80U);
  }
  return fits;
}

// The last cell of a row that would not fit goes on below itself, or, where hardly any room is left for it, on lines of
// its own.
std::string wrapped(const Style& style, const Cell& cell, std::size_t used) {
  constexpr std::size_t kLeastRoom = 24;
  constexpr std::size_t kIndent = 4;
  std::string text;
  std::size_t indent = used;
  if (style.width < used + kLeastRoom) {
    indent = kIndent;
    text = "\n" + std::string(indent, ' ');
  }
  const std::size_t room = std::max<std::size_t>(style.width > indent ? style.width - indent : 1, kLeastRoom);
  std::string_view rest = cell.text;
  while (true) {
    const std::size_t length = line_length(rest, room);
    std::string_view line = rest.substr(0, length);
    while (line.ends_with(' ')) line.remove_suffix(1);
    text += painted(style, cell.tone, line);
    rest.remove_prefix(length);
    if (rest.empty()) return text;
    text += "\n" + std::string(indent, ' ');
  }
}

}  // namespace

void report_line(Io& io, const Style& style, std::string_view label, std::string_view text) {
  io.err("mcpcred: " + painted(style, label_tone(label), std::string(label) + ":") + " " + in_letters(style, text) +
         "\n");
}

int report_error(Io& io, const Style& style, const Error& error, bool json) {
  const ErrorInfo& info = error_info(error.code);
  if (json) {
    Facts object = {{"error", {{"code", info.name}, {"message", error.message}, {"hint", error.hint}}}};
    if (error.native != 0) object["error"]["native"] = error.native;
    // A stdout that cannot be written to is told by the exit code of the error itself.
    static_cast<void>(print_json(io, object));
  }
  report_line(io, style, "error", error.message);
  std::string_view rest = error.hint;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    report_line(io, style, "hint", rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return info.exit_code;
}

Table::Table(const std::vector<std::string>& header) {
  std::vector<Cell>& row = rows_.emplace_back();
  for (const std::string& name : header) row.emplace_back(name, Tone::kStrong);
}

std::string Table::text(const Style& style) const {
  std::vector<std::vector<Cell>> rows = rows_;
  std::vector<std::size_t> widths;
  for (auto& row : rows) {
    while (!row.empty() && row.back().text.empty()) row.pop_back();
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      row[i].text = in_letters(style, row[i].text);
      widths[i] = std::max(widths[i], columns(row[i].text));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::size_t used = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t width = columns(row[i].text);
      const bool last = i + 1 == row.size();
      if (last && style.width != 0 && used + width > style.width) {
        const std::string more = wrapped(style, row[i], used);
        if (more.starts_with('\n')) text.erase(text.find_last_not_of(' ') + 1);
        text += more;
        continue;
      }
      text += painted(style, row[i].tone, row[i].text);
      if (!last) text += std::string(widths[i] - width + kGap, ' ');
      used += widths[i] + kGap;
    }
    text += "\n";
  }
  return text;
}

Result<void> print_json(Io& io, Facts facts) {
  Facts object = {{"schema", 1}};
  for (auto& [name, value] : facts.members()) object[name] = std::move(value);
  return io.out(object.text());
}

std::string shown_age(Timestamp then, Timestamp now) {
  using namespace std::chrono;
  const auto age = now - then;
  if (age < minutes(2)) return "just now";
  if (age < hours(2)) return std::to_string(duration_cast<minutes>(age).count()) + " min";
  if (age < hours(48)) return std::to_string(duration_cast<hours>(age).count()) + " h";
  return std::to_string(duration_cast<days>(age).count()) + " d";
}

std::string shown_due(Date due, Date today) {
  const auto days = (due - today).count();
  if (days == 0) return "today";
  const auto count = days < 0 ? -days : days;
  const std::string text = std::to_string(count) + (count == 1 ? " day" : " days");
  return days < 0 ? text + " ago" : "in " + text;
}

}  // namespace mcpcred::cli
