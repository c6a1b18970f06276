#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "check/checksums.h"
#include "mcpcred/clock.h"

namespace mcpcred {

/// What one of the algorithms that TokenFormat::checksum may name found in a value.
struct ValueFacts {
  bool recognised = true;  ///< false: not a value of this form at all
  ChecksumVerdict checksum = ChecksumVerdict::kNone;
  std::string malformed;  ///< why it cannot work although its shape is right; empty: nothing found
  std::string note;
  std::optional<Date> created_not_before;
  std::optional<Date> expires;
};

/// The algorithms: github_crc32_base62, ado_pat_legacy, gitlab_routable, grafana_glsa and atlassian_crc compare a
/// checksum; ado_pat_84, jwt and kubeconfig find dates; sentry_org_payload and kubeconfig look at the shape;
/// connection_uri looks for a password. An empty or unknown name finds nothing.
ValueFacts read_value(std::string_view algorithm, std::string_view value);

}  // namespace mcpcred
