#include <sys/socket.h>
#include <sys/un.h>

#include "platform/file.h"
#include "unit/platform/helpers.h"

using mcpcred::ErrorCode;
using mcpcred::FileCheck;
using mcpcred::read_file;

namespace {

constexpr std::size_t kReadLimit = 1000;

std::string content(const std::string& path, FileCheck check = FileCheck::kNone, std::size_t limit = kReadLimit) {
  auto file = read_file(path, limit, check);
  REQUIRE(file);
  REQUIRE(file->has_value());
  return std::string((*file)->bytes.reveal());
}

}  // namespace

TEST_CASE("read_file gives every byte, or nullopt where there is no file") {
  const test::TempFolder folder;
  const std::string bytes("a\0b\r\n\xff", 6);
  test::write_text(folder / "file", bytes);
  test::write_text(folder / "empty", "");
  CHECK(content(folder / "file") == bytes);
  CHECK(content(folder / "file", FileCheck::kPrivate) == bytes);
  CHECK(content(folder / "empty").empty());
  for (const FileCheck check : {FileCheck::kNone, FileCheck::kOwned, FileCheck::kPrivate}) {
    auto absent = read_file(folder / "absent", kReadLimit, check);
    REQUIRE(absent);
    CHECK_FALSE(absent->has_value());
  }
}

TEST_CASE("read_file takes files up to the limit and not one byte more") {
  const test::TempFolder folder;
  test::write_text(folder / "fits", std::string(kReadLimit, 'x'));
  test::write_text(folder / "over", std::string(kReadLimit + 1, 'x'));
  CHECK(content(folder / "fits").size() == kReadLimit);
  CHECK(test::code_of(read_file(folder / "over", kReadLimit, FileCheck::kNone)) == ErrorCode::kTooLarge);
  CHECK(content(folder / "fits", FileCheck::kNone, SIZE_MAX).size() == kReadLimit);
}

#ifdef __linux__
TEST_CASE("read_file counts what it reads, whatever size the system names") {
  // Files of /proc say that they are empty and are not: as a file that grows while it is read.
  CHECK(content("/proc/self/status", FileCheck::kNone, 100'000).find("Pid:") != std::string::npos);
  CHECK(test::code_of(read_file("/proc/self/status", 10, FileCheck::kNone)) == ErrorCode::kTooLarge);
}
#endif

TEST_CASE("A14 read_file refuses what is not a file, without hanging") {
  const test::TempFolder folder;
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  REQUIRE(mkdir((folder / "dir").c_str(), 0700) == 0);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (folder / "socket").copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  for (const std::string& path : {folder / "pipe", folder / "dir", folder / "socket", std::string("/dev/zero")}) {
    CAPTURE(path);
    CHECK(test::code_of(read_file(path, kReadLimit, FileCheck::kNone)) == ErrorCode::kInvalidInput);
    CHECK_FALSE(read_file(path, kReadLimit, FileCheck::kPrivate));
  }
  close(listener);
}

TEST_CASE("G2 J10 a private file that others may touch is refused with the chmod to type") {
  const test::TempFolder folder;
  for (const mode_t mode : {0644U, 0640U, 0604U, 0660U, 0610U, 0601U}) {
    const std::string path = folder / ("mode" + std::to_string(mode));
    test::write_text(path, "x", mode);
    auto refused = read_file(path, kReadLimit, FileCheck::kPrivate);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kUnsafePermissions);
    CHECK(refused.error().hint == "chmod 600 " + path);
  }
  test::write_text(folder / "key", "x", 0644);
  CHECK(read_file(folder / "key", kReadLimit, FileCheck::kPrivate).error().message ==
        folder / "key" + " can be read by others (mode 0644)");
  test::write_text(folder / "fine", "x", 0400);
  CHECK(content(folder / "fine", FileCheck::kPrivate) == "x");
}

TEST_CASE("a file of ours may be read, but not written, by others") {
  const test::TempFolder folder;
  test::write_text(folder / "readable", "x", 0644);
  test::write_text(folder / "group", "x", 0664);
  test::write_text(folder / "world", "x", 0606);
  CHECK(content(folder / "readable", FileCheck::kOwned) == "x");
  CHECK(test::code_of(read_file(folder / "group", kReadLimit, FileCheck::kOwned)) == ErrorCode::kUnsafePermissions);
  CHECK(test::code_of(read_file(folder / "world", kReadLimit, FileCheck::kOwned)) == ErrorCode::kUnsafePermissions);
  CHECK(content(folder / "world") == "x");
}

TEST_CASE("hints quote names that a shell would take apart, and escape what a terminal would obey") {
  const test::TempFolder folder;
  const std::string path = folder / "it's a\x1b]0;x\x07";
  test::write_text(path, "x", 0644);
  const auto refused = read_file(path, kReadLimit, FileCheck::kPrivate);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().hint == "chmod 600 '" + folder.path() + "/it'\\''s a\\x1b]0;x\\x07'");
  CHECK(refused.error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("G4 a link of ours is followed, and the file behind it is checked") {
  const test::TempFolder folder;
  test::write_text(folder / "real", "x");
  REQUIRE(symlink("real", (folder / "link").c_str()) == 0);
  REQUIRE(symlink("link", (folder / "chain").c_str()) == 0);
  REQUIRE(symlink("nowhere", (folder / "dangling").c_str()) == 0);
  CHECK(content(folder / "link", FileCheck::kPrivate) == "x");
  CHECK(content(folder / "chain", FileCheck::kPrivate) == "x");
  CHECK(test::code_of(read_file(folder / "dangling", kReadLimit, FileCheck::kPrivate)) == ErrorCode::kIo);
  chmod((folder / "real").c_str(), 0644);
  CHECK(test::code_of(read_file(folder / "link", kReadLimit, FileCheck::kPrivate)) == ErrorCode::kUnsafePermissions);
}

TEST_CASE("G1 G4 files and links of another user are refused") {
  if (geteuid() != 0) {
    // Nobody but root can make such files; root's own ones serve instead.
    CHECK(test::code_of(read_file("/etc/hostname", kReadLimit, FileCheck::kPrivate)) == ErrorCode::kUnsafePermissions);
    return;
  }
  const test::TempFolder folder;
  test::write_text(folder / "foreign", "x");
  REQUIRE(chown((folder / "foreign").c_str(), 65534, 65534) == 0);
  test::write_text(folder / "mine", "x");
  REQUIRE(symlink("mine", (folder / "link").c_str()) == 0);
  REQUIRE(lchown((folder / "link").c_str(), 65534, 65534) == 0);
  for (const char* name : {"foreign", "link"}) {
    CAPTURE(name);
    const auto refused = read_file(folder / name, kReadLimit, FileCheck::kPrivate);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kUnsafePermissions);
    CHECK(refused.error().message.find("another user (uid 65534)") != std::string::npos);
  }
  CHECK(test::code_of(read_file(folder / "foreign", kReadLimit, FileCheck::kOwned)) == ErrorCode::kUnsafePermissions);
}

TEST_CASE("a stamp tells a file that was replaced or rewritten") {
  const test::TempFolder folder;
  test::write_text(folder / "file", "old");
  const auto first = mcpcred::stat_file(folder / "file");
  REQUIRE(first);
  REQUIRE(first->has_value());
  CHECK(read_file(folder / "file", kReadLimit, FileCheck::kNone).value()->stamp == **first);
  CHECK(mcpcred::stat_file(folder / "file").value() == *first);
  test::write_text(folder / "other", "old");
  std::filesystem::rename(folder / "other", folder / "file");
  CHECK_FALSE(mcpcred::stat_file(folder / "file").value() == *first);
  const auto replaced = mcpcred::stat_file(folder / "file").value();
  test::write_text(folder / "file", "longer");
  CHECK_FALSE(mcpcred::stat_file(folder / "file").value() == replaced);
  CHECK_FALSE(mcpcred::stat_file(folder / "absent").value().has_value());
}
