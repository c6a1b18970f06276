#include <windows.h>

#include <wincred.h>

#include <algorithm>
#include <memory>

#include "core/encoding.h"
#include "platform/windows_support.h"
#include "store/credential_error.h"
#include "store/credential_items.h"
#include "store/stores.h"

// Items for this user and machine that outlive the session, as the guide's own commands make them. The user name says
// nothing; it must not be empty for some tools to show the item.
namespace mcpcred {
namespace {

constexpr wchar_t kUserName[] = L"token";

Unexpected failure(std::string_view what, DWORD number) {
  return Unexpected(credential_manager_error(what, number));
}

void free_wiped(CREDENTIALW* item) {
  if (item == nullptr) return;
  if (item->CredentialBlob != nullptr) wipe(item->CredentialBlob, item->CredentialBlobSize);
  CredFree(item);
}

Result<std::wstring> wide_name(const std::string& target) {
  auto wide = widen(target);
  if (!wide) return fail(ErrorCode::kInvalidInput, "no item can be called " + printable(target));
  return std::move(*wide);
}

class WindowsCredentials final : public CredentialItems {
 public:
  Result<std::optional<CredentialItem>> read(const std::string& target) override {
    MCPCRED_TRY(name, wide_name(target));
    CREDENTIALW* found = nullptr;
    if (!CredReadW(name.c_str(), CRED_TYPE_GENERIC, 0, &found)) {
      const DWORD number = GetLastError();
      if (number == ERROR_NOT_FOUND) return std::optional<CredentialItem>();
      return failure("read an item", number);
    }
    const std::unique_ptr<CREDENTIALW, decltype(&free_wiped)> item(found, free_wiped);
    const std::string_view blob(reinterpret_cast<const char*>(item->CredentialBlob),
                                item->CredentialBlob == nullptr ? 0 : item->CredentialBlobSize);
    return std::optional<CredentialItem>(
        CredentialItem{item->TargetName == nullptr ? std::string() : narrow(item->TargetName),
                       item->Comment == nullptr ? std::string() : narrow(item->Comment), Secret::copy_of(blob)});
  }

  Result<void> write(const CredentialItem& item) override {
    MCPCRED_TRY(name, wide_name(item.target));
    MCPCRED_TRY(comment, wide_name(item.comment));
    Secret blob = item.blob.clone();
    std::wstring user = kUserName;
    CREDENTIALW made{};
    made.Type = CRED_TYPE_GENERIC;
    made.TargetName = name.data();
    made.Comment = comment.data();
    made.CredentialBlobSize = static_cast<DWORD>(blob.size());
    made.CredentialBlob = reinterpret_cast<BYTE*>(blob.writable());
    made.Persist = CRED_PERSIST_LOCAL_MACHINE;
    made.UserName = user.data();
    if (!CredWriteW(&made, 0)) return failure("keep an item", GetLastError());
    return {};
  }

  Result<bool> remove(const std::string& target) override {
    MCPCRED_TRY(name, wide_name(target));
    if (CredDeleteW(name.c_str(), CRED_TYPE_GENERIC, 0)) return true;
    const DWORD number = GetLastError();
    if (number == ERROR_NOT_FOUND) return false;
    return failure("remove an item", number);
  }

  Result<std::vector<std::string>> names(const std::string& prefix) override {
    MCPCRED_TRY(filter, wide_name(prefix + "*"));
    DWORD count = 0;
    CREDENTIALW** items = nullptr;
    std::vector<std::string> found;
    if (!CredEnumerateW(prefix.empty() ? nullptr : filter.c_str(), 0, &count, &items)) {
      const DWORD number = GetLastError();
      if (number == ERROR_NOT_FOUND) return found;
      return failure("list its items", number);
    }
    // The list is one block of memory, the values of all items in it.
    const std::unique_ptr<CREDENTIALW*, decltype(&CredFree)> block(items, CredFree);
    for (DWORD i = 0; i < count; ++i) {
      const CREDENTIALW& item = *items[i];
      if (item.CredentialBlob != nullptr) wipe(item.CredentialBlob, item.CredentialBlobSize);
      if (item.Type == CRED_TYPE_GENERIC && item.TargetName != nullptr) found.push_back(narrow(item.TargetName));
    }
    return found;
  }
};

}  // namespace

std::unique_ptr<SecretStore> make_credential_manager_store() {
  return make_credential_manager_store(std::make_unique<WindowsCredentials>());
}

}  // namespace mcpcred
