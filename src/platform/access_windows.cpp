#include "platform/access_windows.h"

#include <aclapi.h>
#include <sddl.h>

#include <memory>
#include <vector>

#include "core/encoding.h"
#include "platform/paths.h"
#include "platform/windows_support.h"

// Allowing entries count for whomever they name; denying ones, and the groups that others may be in, are not looked
// into, so that the answer errs on the side of "others may". Not known either: privileges (backup, taking ownership)
// and what a share's own permissions say. Under Wine a descriptor is made up from the Unix mode: owner, "everyone".
namespace mcpcred {
namespace {

template <class T>
using LocalMemory = std::unique_ptr<T, decltype(&LocalFree)>;

std::string sid_text(PSID sid) {
  wchar_t* text = nullptr;
  if (sid == nullptr || !ConvertSidToStringSidW(sid, &text)) return "?";
  const LocalMemory<wchar_t> owned(text, LocalFree);
  return narrow(text);
}

// TOKEN_USER with its SID behind it; empty where the system refuses.
std::vector<std::byte> token_user() {
  HANDLE raw = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw)) return {};
  const Handle token(raw);
  DWORD size = 0;
  GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
  std::vector<std::byte> buffer(size);
  if (size == 0 || !GetTokenInformation(token.get(), TokenUser, buffer.data(), size, &size)) return {};
  return buffer;
}

PSID user_sid() {
  static std::vector<std::byte> user = token_user();
  return user.empty() ? nullptr : reinterpret_cast<TOKEN_USER*>(user.data())->User.Sid;
}

// The system and the administrators can read everything of everybody, as root can.
bool is_ours(PSID sid) {
  if (user_sid() != nullptr && EqualSid(sid, user_sid())) return true;
  for (const WELL_KNOWN_SID_TYPE type :
       {WinLocalSystemSid, WinBuiltinAdministratorsSid, WinCreatorOwnerSid, WinCreatorOwnerRightsSid})
    if (IsWellKnownSid(sid, type)) return true;
  return false;
}

constexpr DWORD kReading = FILE_READ_DATA | GENERIC_READ | GENERIC_ALL;
constexpr DWORD kWriting = FILE_WRITE_DATA | FILE_APPEND_DATA | FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER |
                           GENERIC_WRITE | GENERIC_ALL;

void add_entry(Access& access, const ACE_HEADER* entry) {
  if (entry->AceType == ACCESS_DENIED_ACE_TYPE || (entry->AceFlags & INHERIT_ONLY_ACE) != 0) return;
  const auto* allowed = reinterpret_cast<const ACCESS_ALLOWED_ACE*>(entry);
  // Conditional and object entries have another layout; files of ours never carry them.
  const bool plain = entry->AceType == ACCESS_ALLOWED_ACE_TYPE;
  if (plain && is_ours(const_cast<DWORD*>(&allowed->SidStart))) return;
  const DWORD mask = plain ? allowed->Mask : GENERIC_ALL;
  access.others_read = access.others_read || (mask & kReading) != 0;
  access.others_write = access.others_write || (mask & kWriting) != 0;
}

}  // namespace

Result<PrivateSecurity> PrivateSecurity::make(bool inherited) {
  const std::string flags = inherited ? "OICI" : "";
  const std::string text = "D:P(A;" + flags + ";FA;;;" + sid_text(user_sid()) + ")(A;" + flags + ";FA;;;SY)";
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(widen(text)->c_str(), SDDL_REVISION_1, &descriptor,
                                                            nullptr))
    return system_failure("cannot tell who may use our files", GetLastError());
  return PrivateSecurity(descriptor);
}

PrivateSecurity::PrivateSecurity(PSECURITY_DESCRIPTOR descriptor)
    : attributes_{sizeof attributes_, descriptor, FALSE} {}

PrivateSecurity::PrivateSecurity(PrivateSecurity&& other) noexcept : attributes_(other.attributes_) {
  other.attributes_.lpSecurityDescriptor = nullptr;
}

PrivateSecurity::~PrivateSecurity() {
  if (attributes_.lpSecurityDescriptor != nullptr) LocalFree(attributes_.lpSecurityDescriptor);
}

Result<Access> access_of(HANDLE file, const std::string& shown) {
  PSID owner = nullptr;
  PACL list = nullptr;
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  const DWORD number = GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                       &owner, nullptr, &list, nullptr, &descriptor);
  if (number != ERROR_SUCCESS) return system_failure("cannot tell who may use " + printable(shown), number);
  const LocalMemory<void> owned(descriptor, LocalFree);
  Access access;
  if (owner == nullptr || !is_ours(owner)) access.owner = sid_text(owner);
  if (list == nullptr) {  // no list at all: everybody may do everything, as on FAT
    access.others_read = access.others_write = true;
    return access;
  }
  for (DWORD i = 0; i < list->AceCount; ++i) {
    void* entry = nullptr;
    if (GetAce(list, i, &entry)) add_entry(access, static_cast<const ACE_HEADER*>(entry));
  }
  return access;
}

std::string take_from_others(const std::string& path) {
  return "icacls \"" + printable(native_path(path)) + "\" /inheritance:r /grant:r \"%USERNAME%:F\"";
}

}  // namespace mcpcred
