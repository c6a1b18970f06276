#include "mcpcred/clock.h"

#include <chrono>
#include <string>

#include "catch.h"

using mcpcred::Date;
using mcpcred::Timestamp;

namespace {

Date day(int y, unsigned m, unsigned d) {
  return std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d);
}

}  // namespace

TEST_CASE("dates are written and read as year, month, day") {
  CHECK(mcpcred::format_date(day(2026, 11, 24)) == "2026-11-24");
  CHECK(mcpcred::format_date(day(1970, 1, 1)) == "1970-01-01");
  CHECK(*mcpcred::parse_date("2027-02-21") == day(2027, 2, 21));
  CHECK(*mcpcred::parse_date("2028-02-29") == day(2028, 2, 29));
  CHECK(*mcpcred::parse_date("9999-12-31") == day(9999, 12, 31));
}

TEST_CASE("what is no existing day of these years is refused") {
  for (const std::string bad : {"", "2026", "2026-2-21", "2026-02-30", "2027-02-29", "2026-13-01", "2026-00-10",
                                "2026-01-00", "1969-12-31", "10000-01-01", " 2026-01-01", "2026-01-01 ", "2026/01/01",
                                "2026-01-01T00:00:00Z", "-026-01-01", "2026-+1-01", "21.02.2027"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(mcpcred::parse_date(bad));
    CHECK(mcpcred::parse_date(bad).error().code == mcpcred::ErrorCode::kInvalidInput);
  }
  CHECK_FALSE(mcpcred::parse_date(std::string("2026-01-0\0", 10)));
}

TEST_CASE("points in time are UTC, to the second") {
  const Timestamp time = day(2026, 11, 24) + std::chrono::hours(5) + std::chrono::minutes(6) + std::chrono::seconds(7);
  CHECK(mcpcred::format_timestamp(time) == "2026-11-24T05:06:07Z");
  CHECK(*mcpcred::parse_timestamp("2026-11-24T05:06:07Z") == time);
  CHECK(*mcpcred::parse_timestamp("1970-01-01T00:00:00Z") == Timestamp());
}

TEST_CASE("what is no point in time is refused") {
  for (const std::string bad : {"", "2026-11-24", "2026-11-24T05:06:07", "2026-11-24T05:06:07+00:00",
                                "2026-11-24T24:00:00Z", "2026-11-24T05:60:00Z", "2026-11-24T05:06:60Z",
                                "2026-11-24 05:06:07Z", "2026-11-24T05:06:07Zx", "2026-11-31T05:06:07Z"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(mcpcred::parse_timestamp(bad));
    CHECK(mcpcred::parse_timestamp(bad).error().code == mcpcred::ErrorCode::kCorrupt);
  }
}

TEST_CASE("now can be written and read back") {
  const Timestamp now = mcpcred::system_now();
  CHECK(*mcpcred::parse_timestamp(mcpcred::format_timestamp(now)) == now);
}
