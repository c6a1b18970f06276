#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/clock.h"

namespace mcpcred {

enum class ChecksumVerdict : std::uint8_t {
  kNone,     ///< this form of the value carries none that is known
  kFits,     ///< computed and equal
  kDiffers,  ///< computed and different: mistyped, cut off, or an example
};

/// CRC-32/ISO-HDLC, as zlib computes it.
std::uint32_t crc32(std::string_view bytes);

/// GitHub and npm, 40 characters: prefix, 30 of payload, 6 of base62(CRC32(payload)). kNone for other lengths.
ChecksumVerdict github_crc32_base62(std::string_view token);
/// Azure DevOps, 52 characters of base32: a CRC32 spread over four of the 32 bytes.
ChecksumVerdict ado_pat_legacy(std::string_view token);
/// GitLab: "glpat-" payload [".01"] "." length (2) CRC32 (7), both base36.
ChecksumVerdict gitlab_routable(std::string_view token);
/// Grafana: "glsa_" 32 characters "_" and the CRC32 of all before it, eight hex digits, low byte first.
ChecksumVerdict grafana_glsa(std::string_view token);
/// Atlassian Cloud: the last eight characters are the CRC32 of the rest, upper-case hex.
ChecksumVerdict atlassian_crc(std::string_view token);

/// The month in which a new Azure DevOps token (84 characters) was made, as its first day; nullopt where it does not
/// tell.
std::optional<Date> ado_pat_month(std::string_view token);

/// The 12 digits of the AWS account that an access key id belongs to; nullopt for ids from before that scheme.
std::optional<std::string> aws_account_of(std::string_view access_key_id);

}  // namespace mcpcred
