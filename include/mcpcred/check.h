#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/catalog.h"
#include "mcpcred/clock.h"

namespace mcpcred {

/// What the text of a value says about it, as found when it was stored. Never certain: formats change.
enum class FormatVerdict : std::uint8_t {
  kUnknown,      ///< no known format to compare with (never reported as "ok")
  kOk,           ///< a known kind; its checksum, where it has one, fits
  kBadChecksum,  ///< a known kind whose checksum does not fit: probably mistyped or cut
  kWrongKind,    ///< a kind that cannot do this job (public key, organization token, …)
  kMalformed,    ///< formats are known, and this is none of them
};

struct FormatFinding {
  FormatVerdict verdict = FormatVerdict::kUnknown;
  std::string kind;                        ///< "classic personal access token"; empty if not recognised
  bool checksum = false;                   ///< a checksum was there and was looked at
  std::string note;                        ///< what to know or do; never a part of the value
  std::optional<Date> created_not_before;  ///< where the value itself tells (Azure DevOps: first of the month)
  std::optional<Date> expires;             ///< where the value itself tells (JWT)
};

/// Compares `value` with the formats of `variable`. Values over 4096 bytes are compared by no pattern.
FormatFinding inspect_value(const CatalogVariable& variable, std::string_view value);

/// Stable name for JSON and the registry ("ok", "bad_checksum", …), and back.
std::string_view verdict_name(FormatVerdict verdict);
std::optional<FormatVerdict> verdict_from_name(std::string_view name);

/// When a credential is due: by the exact date if there is one, else by age.
struct Schedule {
  std::optional<Date> due;  ///< nullopt: nothing says so
  std::string source;       ///< "expiry", "guide", "provider", "default"
};

/// `stored`: when the present value was stored. An expiry date wins over an age.
Schedule schedule_for(const CatalogServer* server, Timestamp stored, std::optional<Date> expires);

}  // namespace mcpcred
