#include "unit/platform/helpers_windows.h"

#include <aclapi.h>
#include <sddl.h>

#include "platform/file.h"
#include "platform/lock.h"
#include "platform/temp_name.h"
#include "platform/windows_support.h"

using mcpcred::ErrorCode;
using mcpcred::FileCheck;
using mcpcred::FileLock;
using mcpcred::read_file;
using mcpcred::replace_file;

namespace {

constexpr std::size_t kReadLimit = 1024;

// Lets everybody read it, as a folder of the disk's own may hand down.
void open_to_everyone(const std::string& path) {
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  REQUIRE(
      ConvertStringSecurityDescriptorToSecurityDescriptorW(L"D:P(A;;FA;;;WD)", SDDL_REVISION_1, &descriptor, nullptr));
  BOOL present = FALSE;
  BOOL defaulted = FALSE;
  PACL list = nullptr;
  REQUIRE(GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted));
  std::wstring name = *mcpcred::wide_path(path);
  CHECK(SetNamedSecurityInfoW(name.data(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr, nullptr, list,
                              nullptr) == ERROR_SUCCESS);
  LocalFree(descriptor);
}

std::string content(const std::string& path, FileCheck check = FileCheck::kPrivate) {
  const auto file = read_file(path, kReadLimit, check);
  if (!file) return "(" + file.error().message + ")";
  return *file ? std::string((*file)->bytes.reveal()) : "(none)";
}

}  // namespace

TEST_CASE("files: replaced, read, kept as the previous one and removed, whatever letters the folder has") {
  const test::TempFolder folder;
  const std::string home = folder.path() + "/J\xc3\xbcrgen \xce\xa9 \xf0\x9d\x84\x9e";
  REQUIRE(mcpcred::make_private_dir(home + "/below"));
  CHECK(*mcpcred::check_private_dir(home));
  const std::string path = home + "/vault \xc3\xa4.age";
  const std::string kept = path + ".prev";
  CHECK(content(path) == "(none)");
  CHECK_FALSE(mcpcred::stat_file(path)->has_value());
  REQUIRE(replace_file(path, std::string_view("one\0\r\n", 6), {0600, kept}));
  CHECK(content(path) == std::string("one\0\r\n", 6));
  CHECK_FALSE(mcpcred::stat_file(kept)->has_value());
  const auto before = mcpcred::stat_file(path);
  REQUIRE(replace_file(path, "two", {0600, kept}));
  CHECK(content(path) == "two");
  CHECK(content(kept) == std::string("one\0\r\n", 6));
  CHECK_FALSE(*mcpcred::stat_file(path) == *before);
  REQUIRE(replace_file(path, "three", {0600, kept}));
  CHECK(content(kept) == "two");
  CHECK(test::names_in(home).size() == 3);  // the two, and the folder: no temp is left
  CHECK(*mcpcred::remove_file(path));
  CHECK_FALSE(*mcpcred::remove_file(path));
}

TEST_CASE("files: paths beyond the old limit of 260 characters") {
  const test::TempFolder folder;
  std::string deep = folder.path();
  for (int i = 0; i < 5; ++i) deep += "/" + std::string(60, static_cast<char>('a' + i));
  REQUIRE(mcpcred::make_private_dir(deep));
  REQUIRE(replace_file(deep + "/file", "deep"));
  CHECK(content(deep + "/file") == "deep");
  CHECK(FileLock::acquire(deep + "/lock"));
}

TEST_CASE("files: what is no file, or too large, is told before a byte is read") {
  const test::TempFolder folder;
  CHECK(test::code_of(read_file(folder.path(), kReadLimit, FileCheck::kNone)) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(replace_file(folder.path(), "x")) == ErrorCode::kInvalidInput);
  CHECK(test::code_of(read_file("NUL", kReadLimit, FileCheck::kNone)) == ErrorCode::kInvalidInput);
  REQUIRE(replace_file(folder.path() + "/large", std::string(kReadLimit + 1, 'x')));
  CHECK(test::code_of(read_file(folder.path() + "/large", kReadLimit, FileCheck::kNone)) == ErrorCode::kTooLarge);
  REQUIRE(replace_file(folder.path() + "/fits", std::string(kReadLimit, 'x')));
  CHECK(content(folder.path() + "/fits").size() == kReadLimit);
  CHECK(test::code_of(mcpcred::check_private_dir(folder.path() + "/fits")) == ErrorCode::kInvalidInput);
  CHECK_FALSE(*mcpcred::check_private_dir(folder.path() + "/absent"));
}

TEST_CASE("files: what others may read or change is refused with the command that takes it from them") {
  const test::TempFolder folder;
  const std::string path = folder.path() + "/file";
  REQUIRE(replace_file(path, "private"));
  CHECK(content(path) == "private");
  open_to_everyone(path);
  CHECK(content(path, FileCheck::kNone) == "private");
  for (const FileCheck check : {FileCheck::kOwned, FileCheck::kPrivate}) {
    const auto file = read_file(path, kReadLimit, check);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::kUnsafePermissions);
    CHECK(file.error().hint.find("icacls \"") == 0);
  }
  REQUIRE(mcpcred::make_private_dir(folder.path() + "/dir"));
  open_to_everyone(folder.path() + "/dir");
  CHECK(test::code_of(mcpcred::check_private_dir(folder.path() + "/dir")) == ErrorCode::kUnsafePermissions);
}

TEST_CASE("files: temp files of processes that are gone are removed, others stay") {
  const test::TempFolder folder;
  const std::string gone = mcpcred::make_temp_name("vault.age", 999999996);
  const std::string ours = mcpcred::make_temp_name("vault.age", GetCurrentProcessId());
  for (const std::string& name : {gone, ours, std::string("vault.age"), std::string(".x.mcpcred.1.short")})
    test::write_text(folder.path() + "/" + name, "x");
  mcpcred::remove_stale_temps(folder.path());
  CHECK(test::names_in(folder.path()) == std::set<std::string>{ours, "vault.age", ".x.mcpcred.1.short"});
}

TEST_CASE("locks: one holder at a time, and the others are told who has it") {
  const test::TempFolder folder;
  const std::string path = folder.path() + "/lock";
  {
    auto held = FileLock::acquire(path);
    REQUIRE(held);
    const auto second = FileLock::acquire(path, std::chrono::milliseconds(50));
    REQUIRE_FALSE(second);
    CHECK(second.error().code == ErrorCode::kBusy);
    CHECK(second.error().message.find("process " + std::to_string(GetCurrentProcessId())) != std::string::npos);
    CHECK_FALSE(DeleteFileW(mcpcred::wide_path(path)->c_str()));
    FileLock moved = std::move(*held);
    CHECK_FALSE(FileLock::acquire(path, std::chrono::milliseconds(1)));
  }
  CHECK(FileLock::acquire(path, std::chrono::milliseconds(1)));
}
