#include <signal.h>
#include <sys/resource.h>

#include "platform/file.h"
#include "platform/temp_file.h"
#include "unit/platform/helpers.h"

using mcpcred::ErrorCode;
using mcpcred::replace_file;

namespace {

const std::set<std::string> kOnlyTarget = {"target"};

ino_t inode_of(const std::string& path) {
  struct stat info {};
  REQUIRE(lstat(path.c_str(), &info) == 0);
  return info.st_ino;
}

}  // namespace

TEST_CASE("replace_file makes a file and replaces it, and leaves nothing else behind") {
  const test::TempFolder folder;
  REQUIRE(replace_file(folder / "target", "one"));
  CHECK(test::read_text(folder / "target") == "one");
  const std::string large(3'000'000, '\0');
  REQUIRE(replace_file(folder / "target", large));
  CHECK(test::read_text(folder / "target") == large);
  REQUIRE(replace_file(folder / "target", ""));
  CHECK(test::read_text(folder / "target").empty());
  CHECK(test::names_in(folder.path()) == kOnlyTarget);
}

TEST_CASE("G3 the mode is as asked for, whatever the umask and the old file") {
  const test::TempFolder folder;
  for (const mode_t mask : {0000U, 0022U, 0077U, 0777U}) {
    const test::Umask umask(mask);
    test::write_text(folder / "target", "old", 0644);
    REQUIRE(replace_file(folder / "target", "new"));
    CHECK(test::mode_of(folder / "target") == 0600);
    REQUIRE(replace_file(folder / "target", "new", {.mode = 0400, .keep_previous_as = {}}));
    CHECK(test::mode_of(folder / "target") == 0400);
    REQUIRE(replace_file(folder / "target", "new", {.mode = 0644, .keep_previous_as = {}}));
    CHECK(test::mode_of(folder / "target") == 0644);
  }
}

TEST_CASE("the previous file is kept as the same file, generation by generation") {
  const test::TempFolder folder;
  const mcpcred::ReplaceOptions keep{.mode = 0600, .keep_previous_as = folder / "target.prev"};
  REQUIRE(replace_file(folder / "target", "one", keep));
  CHECK(test::names_in(folder.path()) == kOnlyTarget);
  const ino_t first = inode_of(folder / "target");
  REQUIRE(replace_file(folder / "target", "two", keep));
  CHECK(inode_of(folder / "target.prev") == first);
  REQUIRE(replace_file(folder / "target", "three", keep));
  CHECK(test::read_text(folder / "target") == "three");
  CHECK(test::read_text(folder / "target.prev") == "two");
  CHECK(test::names_in(folder.path()) == std::set<std::string>{"target", "target.prev"});
}

TEST_CASE("K1 both names on one file, as a killed writer leaves them, are no trouble for the next one") {
  const test::TempFolder folder;
  test::write_text(folder / "target", "one");
  REQUIRE(link((folder / "target").c_str(), (folder / "target.prev").c_str()) == 0);
  REQUIRE(replace_file(folder / "target", "two", {.mode = 0600, .keep_previous_as = folder / "target.prev"}));
  CHECK(test::read_text(folder / "target") == "two");
  CHECK(test::read_text(folder / "target.prev") == "one");
  CHECK(test::names_in(folder.path()) == std::set<std::string>{"target", "target.prev"});
}

TEST_CASE("G4 a link stays, what it leads to is replaced in its own folder") {
  const test::TempFolder folder;
  REQUIRE(mkdir((folder / "real").c_str(), 0700) == 0);
  test::write_text(folder / "real/file", "old");
  REQUIRE(symlink("real/file", (folder / "one").c_str()) == 0);
  REQUIRE(symlink((folder / "one").c_str(), (folder / "two").c_str()) == 0);
  REQUIRE(symlink("two", (folder / "three").c_str()) == 0);
  REQUIRE(replace_file(folder / "three", "new"));
  CHECK(test::read_text(folder / "real/file") == "new");
  for (const char* name : {"one", "two", "three"}) CHECK(std::filesystem::is_symlink(folder / name));
  CHECK(test::names_in(folder / "real") == std::set<std::string>{"file"});
}

TEST_CASE("replace_file refuses dangling links, folders, pipes and devices") {
  const test::TempFolder folder;
  REQUIRE(symlink("nowhere", (folder / "dangling").c_str()) == 0);
  REQUIRE(mkdir((folder / "dir").c_str(), 0700) == 0);
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  REQUIRE(symlink("/dev/null", (folder / "null").c_str()) == 0);
  const auto before = test::names_in(folder.path());
  CHECK(test::code_of(replace_file(folder / "dangling", "x")) == ErrorCode::kIo);
  for (const char* name : {"dir", "dir/", "pipe", "null"}) {
    CAPTURE(name);
    CHECK(test::code_of(replace_file(folder / name, "x")) == ErrorCode::kInvalidInput);
  }
  CHECK(test::code_of(replace_file(folder / "absent/file", "x")) == ErrorCode::kIo);
  CHECK(test::names_in(folder.path()) == before);
}

TEST_CASE("G5 whatever lies at a temp name is never written to") {
  const test::TempFolder folder;
  test::write_text(folder / "victim", "untouched");
  REQUIRE(symlink("victim", (folder / "link").c_str()) == 0);
  REQUIRE(symlink("nowhere", (folder / "dangling").c_str()) == 0);
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  const int dir = open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (const char* name : {"victim", "link", "dangling", "pipe"}) {
    CAPTURE(name);
    errno = 0;
    CHECK_FALSE(mcpcred::create_exclusively(dir, name).valid());
    CHECK(errno == EEXIST);
  }
  close(dir);
  CHECK(test::read_text(folder / "victim") == "untouched");
  CHECK_FALSE(std::filesystem::exists(folder / "nowhere"));
}

TEST_CASE("temp names cannot be guessed, name their process and fit the file system") {
  CHECK(mcpcred::temp_file_name("vault.age") != mcpcred::temp_file_name("vault.age"));
  CHECK(mcpcred::temp_file_owner(mcpcred::temp_file_name("vault.age")) == getpid());
  const std::string longest(255, 'n');
  CHECK(mcpcred::temp_file_name(longest).size() <= 255);
  const test::TempFolder folder;
  REQUIRE(replace_file(folder / longest, "x"));
  CHECK(test::names_in(folder.path()) == std::set<std::string>{longest});
  for (const char* name :
       {"vault.age", ".vault.age", ".a.mcpcred.12", ".a.mcpcred.12.0123456789ABCDEF", ".a.mcpcred.0.0123456789abcdef",
        ".a.mcpcred.-1.0123456789abcdef", ".a.mcpcred.1x.0123456789abcdef", "a.mcpcred.12.0123456789abcdef",
        ".mcpcred.12.0123456789abcdef", ".a.mcpcred.12.0123456789abcde", ".a.mcpcred.99999999999.0123456789abcdef"}) {
    CAPTURE(name);
    CHECK_FALSE(mcpcred::temp_file_owner(name).has_value());
  }
}

TEST_CASE("K1 temp files of processes that are gone are removed, and no others") {
  const test::TempFolder folder;
  const pid_t gone = fork();
  if (gone == 0) _exit(0);
  waitpid(gone, nullptr, 0);
  const std::string random = ".0123456789abcdef";
  const std::string stale = ".vault.age.mcpcred." + std::to_string(gone) + random;
  const std::string live = ".vault.age.mcpcred." + std::to_string(getpid()) + random;
  const std::string foreign = ".vault.age.swp";
  for (const std::string& name : {stale, live, foreign, std::string("vault.age")}) test::write_text(folder / name, "x");
  mcpcred::remove_stale_temps(folder.path());
  CHECK(test::names_in(folder.path()) == std::set<std::string>{live, foreign, "vault.age"});
  mcpcred::remove_stale_temps(folder / "absent");
}

TEST_CASE("G8 over the file size limit: an error, the old file intact, no temp left") {
  const test::TempFolder folder;
  test::write_text(folder / "target", "old");
  const int code = test::in_child([&] {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &limit);
    const auto result = replace_file(folder / "target", std::string(10'000, 'x'));
    return !result && result.error().code == ErrorCode::kIo && result.error().native == EFBIG ? 0 : 1;
  });
  CHECK(code == 0);
  CHECK(test::read_text(folder / "target") == "old");
  CHECK(test::names_in(folder.path()) == kOnlyTarget);
}

TEST_CASE("G8 a folder that we may not write to: an error, the old file intact") {
  const test::TempFolder folder;
  test::write_text(folder / "target", "old", 0644);
  chmod(folder.path().c_str(), 0555);
  const int code = test::in_child([&] {
    if (!test::become_plain_user()) return 2;
    const auto result = replace_file(folder / "target", "new");
    return !result && result.error().code == ErrorCode::kIo && !result.error().hint.empty() ? 0 : 1;
  });
  chmod(folder.path().c_str(), 0700);
  CHECK(code == 0);
  CHECK(test::read_text(folder / "target") == "old");
  CHECK(test::names_in(folder.path()) == kOnlyTarget);
}

TEST_CASE("remove_file tells whether there was something") {
  const test::TempFolder folder;
  test::write_text(folder / "target", "x");
  CHECK(mcpcred::remove_file(folder / "target").value());
  CHECK_FALSE(mcpcred::remove_file(folder / "target").value());
  REQUIRE(mkdir((folder / "dir").c_str(), 0700) == 0);
  CHECK_FALSE(mcpcred::remove_file(folder / "dir"));
  CHECK(std::filesystem::exists(folder / "dir"));
}
