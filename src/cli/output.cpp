#include "cli/output.h"

#include <algorithm>

#include "core/encoding.h"

namespace mcpcred::cli {
namespace {

// Columns that a text takes: code points, near enough for what stands in our tables.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

}  // namespace

int report_error(Io& io, const Error& error, bool json) {
  const ErrorInfo& info = error_info(error.code);
  if (json) {
    Facts object = {{"error", {{"code", info.name}, {"message", error.message}, {"hint", error.hint}}}};
    if (error.native != 0) object["error"]["native"] = error.native;
    // A stdout that cannot be written to is told by the exit code of the error itself.
    static_cast<void>(print_json(io, object));
  }
  io.err("mcpcred: error: " + error.message + "\n");
  std::string_view rest = error.hint;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    io.err("mcpcred: hint: " + std::string(rest.substr(0, end)) + "\n");
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
  return info.exit_code;
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += row[i] + std::string(widths[i] - columns(row[i]) + 2, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
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
