#include "catch.h"
#include "mcpcred/check.h"

using mcpcred::schedule_for;

namespace {

const mcpcred::Timestamp kStored = mcpcred::parse_timestamp("2026-11-23T23:59:59Z").value();

mcpcred::CatalogServer entry(std::string_view id) {
  return mcpcred::Catalog("").find(id).value().value();
}

std::string due(const mcpcred::Schedule& schedule) {
  return schedule.due ? mcpcred::format_date(*schedule.due) : "";
}

}  // namespace

TEST_CASE("the guide's schedule counts from the day of storing") {
  const auto github = entry("github");
  CHECK(due(schedule_for(&github, kStored, std::nullopt)) == "2027-02-21");
  CHECK(schedule_for(&github, kStored, std::nullopt).source == "guide");
  const auto aws = entry("aws");
  CHECK(due(schedule_for(&aws, kStored, std::nullopt)) == "2026-12-23");
  const auto postgres = entry("postgres");
  CHECK(due(schedule_for(&postgres, kStored, std::nullopt)) == "2027-01-22");
  const auto figma = entry("figma");
  CHECK(schedule_for(&figma, kStored, std::nullopt).source == "provider");
  const auto slack = entry("slack");
  CHECK(schedule_for(&slack, kStored, std::nullopt).source == "default");
}

TEST_CASE("an expiry date wins over an age") {
  const auto github = entry("github");
  const auto date = mcpcred::parse_date("2027-06-01").value();
  CHECK(due(schedule_for(&github, kStored, date)) == "2027-06-01");
  CHECK(schedule_for(&github, kStored, date).source == "expiry");
  CHECK(due(schedule_for(nullptr, kStored, date)) == "2027-06-01");
}

TEST_CASE("where nothing says so, nothing is due") {
  const auto kubernetes = entry("kubernetes");
  CHECK(due(schedule_for(&kubernetes, kStored, std::nullopt)).empty());
  CHECK(schedule_for(&kubernetes, kStored, std::nullopt).source.empty());
  CHECK(due(schedule_for(nullptr, kStored, std::nullopt)).empty());
}

TEST_CASE("the provider's longest life bounds an age") {
  auto server = entry("github");
  server.max_days = 7;
  CHECK(due(schedule_for(&server, kStored, std::nullopt)) == "2026-11-30");
  CHECK(schedule_for(&server, kStored, std::nullopt).source == "provider");
  server.rotate_days.reset();
  server.max_days = 10;
  CHECK(due(schedule_for(&server, kStored, std::nullopt)) == "2026-12-03");
}
