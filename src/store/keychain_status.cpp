#include "store/keychain_status.h"

#include <array>
#include <string>

namespace mcpcred {
namespace {

struct Row {
  KeychainStatus status;
  ErrorCode code;
  std::string_view reason;
  std::string_view hint;
};

constexpr std::array kTable = {
    Row{KeychainStatus::kItemNotFound, ErrorCode::kNotFound, "the Keychain has no such item",
        "see what is stored: mcpcred list"},
    Row{KeychainStatus::kDuplicateItem, ErrorCode::kConflict,
        "the Keychain has an item of this name that another program made meanwhile", "try again"},
    Row{KeychainStatus::kAuthFailed, ErrorCode::kDenied,
        "the Keychain denied it: a wrong password, or an item that does not admit mcpcred",
        "at the Mac itself, run the command again and choose Always Allow, or add mcpcred in Keychain Access, the "
        "item, "
        "Access Control"},
    Row{KeychainStatus::kUserCanceled, ErrorCode::kDenied, "the Keychain's question was cancelled",
        "run the command again and choose Allow or Always Allow"},
    Row{KeychainStatus::kInteractionNotAllowed, ErrorCode::kLocked,
        "the Keychain is locked or has to ask, and may not ask in this session (SSH, no window)",
        "in this session: security unlock-keychain\nor use the vault: --store vault"},
    Row{KeychainStatus::kInteractionRequired, ErrorCode::kLocked,
        "the Keychain has to ask a person, and there is none in this session",
        "log in at the Mac itself and run the command there\nor use the vault: --store vault"},
    Row{KeychainStatus::kInDarkWake, ErrorCode::kLocked, "the Mac is half asleep and the Keychain cannot ask now",
        "wake the Mac and try again"},
    Row{KeychainStatus::kNotAvailable, ErrorCode::kStoreUnavailable, "no Keychain is available in this session",
        "log in at the Mac itself\nor use the vault: --store vault"},
    Row{KeychainStatus::kNoSuchKeychain, ErrorCode::kStoreUnavailable, "the Keychain's file does not exist",
        "see which are known: security list-keychains"},
    Row{KeychainStatus::kNoDefaultKeychain, ErrorCode::kStoreUnavailable, "there is no default Keychain",
        "choose one: security default-keychain -s login.keychain"},
    Row{KeychainStatus::kMissingEntitlement, ErrorCode::kStoreUnavailable,
        "the Keychain does not admit this program: its code signature lacks an entitlement",
        "see how it is signed: codesign -d --entitlements - \"$(command -v mcpcred)\""},
};

}  // namespace

Error keychain_error(std::string_view what, std::int32_t status) {
  const std::string start = std::string(what) + ": ";
  for (const Row& row : kTable)
    if (static_cast<std::int32_t>(row.status) == status)
      return Error{row.code, start + std::string(row.reason), std::string(row.hint), status};
  const std::string number = std::to_string(status);
  return Error{ErrorCode::kStoreUnavailable, start + "the Keychain answered " + number,
               "what that means: security error " + number, status};
}

}  // namespace mcpcred
