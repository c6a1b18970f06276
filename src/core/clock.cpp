#include "mcpcred/clock.h"

#include <array>
#include <cstdio>

namespace mcpcred {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;
using std::chrono::year_month_day;

// The number of `count` digits at `at`, -1 where there are others.
int digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

}  // namespace

Timestamp system_now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::string format_date(Date date) {
  const year_month_day ymd(date);
  std::array<char, 24> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return buffer.data();
}

Result<Date> parse_date(std::string_view text) {
  const int y = digits(text, 0, 4);
  const int m = digits(text, 5, 2);
  const int d = digits(text, 8, 2);
  if (text.size() == 10 && text[4] == '-' && text[7] == '-' && y >= 1970 && m > 0 && d > 0) {
    const year_month_day ymd{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
    if (ymd.ok()) return Date(ymd);
  }
  return fail(ErrorCode::kInvalidInput, "that is no date", "write it as YEAR-MONTH-DAY: 2027-02-21");
}

std::string format_timestamp(Timestamp time) {
  const Date date = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss clock(time - date);
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02dZ", static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
  return format_date(date) + buffer.data();
}

Result<Timestamp> parse_timestamp(std::string_view text) {
  const int h = digits(text, 11, 2);
  const int m = digits(text, 14, 2);
  const int s = digits(text, 17, 2);
  if (text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == 'Z' && h >= 0 &&
      h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60) {
    if (const auto date = parse_date(text.substr(0, 10)))
      return Timestamp(*date) + std::chrono::hours(h) + std::chrono::minutes(m) + std::chrono::seconds(s);
  }
  return fail(ErrorCode::kCorrupt, "that is no point in time");
}

}  // namespace mcpcred
