#pragma once

#include <cstdint>
#include <string_view>

#include "mcpcred/error.h"

namespace mcpcred {

/// Statuses of macOS's Security.framework (OSStatus), under its names and numbers. Here, so that the table of errors is
/// the same file, and is tested, on every system.
enum class KeychainStatus : std::int32_t {
  kSuccess = 0,
  kUserCanceled = -128,
  kNotAvailable = -25291,
  kAuthFailed = -25293,
  kNoSuchKeychain = -25294,
  kDuplicateItem = -25299,
  kItemNotFound = -25300,
  kNoDefaultKeychain = -25307,
  kInteractionNotAllowed = -25308,
  kInteractionRequired = -25315,
  kInDarkWake = -25320,
  kMissingEntitlement = -34018,
};

/// The error for a status that is no success; `what` says what failed ("cannot read GITHUB_TOKEN").
Error keychain_error(std::string_view what, std::int32_t status);

}  // namespace mcpcred
