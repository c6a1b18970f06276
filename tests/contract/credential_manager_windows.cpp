#include <windows.h>

#include <wincred.h>

#include "catch.h"
#include "contract/store_contract.h"
#include "contract/tested.h"
#include "store/credential_error.h"
#include "store/platform_store.h"
#include "store/stores.h"

// The same store on the system's own Credential Manager. Wine's keeps items in its registry and checks less; what it
// does not enforce (sizes, letter case) is in contract/credential_manager.cpp.
namespace mcpcred::test {
namespace {

using namespace std::string_literals;

const Tested kCredentialManager("credential-manager");
const EntryKey kContractKey(*VariableName::parse("CONTRACT_TOKEN"));

// An item as another tool makes it.
void make_foreign(const wchar_t* target, std::string blob, const wchar_t* comment = nullptr) {
  CREDENTIALW item{};
  std::wstring name = target;
  std::wstring text = comment == nullptr ? L"" : comment;
  std::wstring user = L"somebody";
  item.Type = CRED_TYPE_GENERIC;
  item.TargetName = name.data();
  item.Comment = comment == nullptr ? nullptr : text.data();
  item.CredentialBlobSize = static_cast<DWORD>(blob.size());
  item.CredentialBlob = reinterpret_cast<BYTE*>(blob.data());
  item.Persist = CRED_PERSIST_LOCAL_MACHINE;
  item.UserName = user.data();
  REQUIRE(CredWriteW(&item, 0));
}

struct Found {
  bool there = false;
  std::string blob;
  std::wstring comment;
  std::wstring user;
  DWORD persist = 0;
};

// An item as another tool reads it.
Found read_foreign(const wchar_t* target) {
  CREDENTIALW* item = nullptr;
  if (!CredReadW(target, CRED_TYPE_GENERIC, 0, &item)) return {};
  Found found{true,
              {reinterpret_cast<const char*>(item->CredentialBlob), item->CredentialBlobSize},
              item->Comment == nullptr ? L"" : item->Comment,
              item->UserName == nullptr ? L"" : item->UserName,
              item->Persist};
  CredFree(item);
  return found;
}

std::string value(SecretStore& store, const EntryKey& key = kContractKey) {
  const auto got = store.get(key);
  if (!got) return "(" + got.error().message + ")";
  return *got ? std::string((*got)->reveal()) : "(none)";
}

}  // namespace

TEST_CASE("contract: the Credential Manager", "[contract]") {
  CHECK(platform_store_name() == "credential-manager");
  const auto one = make_platform_store({});
  const auto two = make_platform_store({});
  CHECK(one->traits().name == platform_store_name());
  check_store_contract(*one, *two);
}

TEST_CASE("credential manager: what was stored is read by the guide's commands") {
  const auto store = make_credential_manager_store();
  REQUIRE(store->put(kContractKey, Secret::copy_of("gh\xc3\xbc")));
  const Found found = read_foreign(L"CONTRACT_TOKEN");
  REQUIRE(found.there);
  CHECK(found.blob == "g\0h\0\xfc\0"s);
  CHECK(found.user == L"token");
  CHECK(found.persist == CRED_PERSIST_LOCAL_MACHINE);
  CHECK(found.comment == L"mcpcred text");
  REQUIRE(store->put(kContractKey, Secret::copy_of("\xff")));
  CHECK(read_foreign(L"CONTRACT_TOKEN").comment == L"mcpcred base64");
  CHECK(*store->erase(kContractKey));
  CHECK_FALSE(read_foreign(L"CONTRACT_TOKEN").there);
}

TEST_CASE("credential manager: what other tools stored is read") {
  const auto store = make_credential_manager_store();
  make_foreign(L"CONTRACT_TOKEN", "t\0o\0k\0e\0n\0"s, L"Updated by: somebody");
  CHECK(value(*store) == "token");
  make_foreign(L"CONTRACT_TOKEN", "token of UTF-8");
  CHECK(value(*store) == "token of UTF-8");
  make_foreign(L"git:https://contract.example", "x");
  CHECK(*store->list() == std::vector{kContractKey});
  CHECK(*store->erase(kContractKey));
  CHECK(read_foreign(L"git:https://contract.example").there);
  CredDeleteW(L"git:https://contract.example", CRED_TYPE_GENERIC, 0);
}

TEST_CASE("credential manager: a long value lies in numbered items") {
  const auto store = make_credential_manager_store();
  const std::string largest(kMaxSecretBytes, 'L');
  REQUIRE(store->put(kContractKey, Secret::copy_of(largest)));
  CHECK(read_foreign(L"CONTRACT_TOKEN").blob.size() == 2560);
  CHECK(read_foreign(L"CONTRACT_TOKEN#2").there);
  CHECK(read_foreign(L"CONTRACT_TOKEN#52").there);
  CHECK_FALSE(read_foreign(L"CONTRACT_TOKEN#53").there);
  CHECK(value(*make_credential_manager_store()) == largest);
  REQUIRE(store->put(kContractKey, Secret::copy_of("short")));
  CHECK_FALSE(read_foreign(L"CONTRACT_TOKEN#2").there);
  CHECK_FALSE(read_foreign(L"CONTRACT_TOKEN#52").there);
  CHECK(*store->erase(kContractKey));
}

TEST_CASE("credential manager L2: a session over SSH, where there is none, has its own message") {
  const Error error = credential_manager_error("read an item", ERROR_NO_SUCH_LOGON_SESSION);
  CHECK(error.code == ErrorCode::kStoreUnavailable);
  CHECK(error.message.find("SSH") != std::string::npos);
  CHECK(error.hint.find("vault") != std::string::npos);
  CHECK(error.native == ERROR_NO_SUCH_LOGON_SESSION);
  CHECK(credential_manager_error("read an item", ERROR_ACCESS_DENIED).code == ErrorCode::kDenied);
  CHECK(credential_manager_error("read an item", ERROR_SERVICE_NOT_ACTIVE).code == ErrorCode::kStoreUnavailable);
}

TEST_CASE("credential manager: letter case") {
  const auto store = make_credential_manager_store();
  make_foreign(L"contract_token", "o\0"s);
  CHECK(value(*store) == "(none)");
  const auto written = store->put(kContractKey, Secret::copy_of("x"));
  REQUIRE_FALSE(written);
  CHECK(written.error().code == ErrorCode::kConflict);
  CHECK_FALSE(*store->erase(kContractKey));
  CHECK(value(*store, EntryKey(*VariableName::parse("contract_token"))) == "o");
  CredDeleteW(L"contract_token", CRED_TYPE_GENERIC, 0);
}

}  // namespace mcpcred::test
