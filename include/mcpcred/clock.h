#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "mcpcred/result.h"

namespace mcpcred {

using Timestamp = std::chrono::sys_seconds;  ///< UTC, whole seconds
using Date = std::chrono::sys_days;          ///< UTC day

/// Now, by the system's clock.
Timestamp system_now();

/// "2026-11-24T05:00:00Z"
std::string format_timestamp(Timestamp time);
Result<Timestamp> parse_timestamp(std::string_view text);

/// "2026-11-24"
std::string format_date(Date date);
/// Strict YYYY-MM-DD of an existing day, years 1970 to 9999.
Result<Date> parse_date(std::string_view text);

}  // namespace mcpcred
