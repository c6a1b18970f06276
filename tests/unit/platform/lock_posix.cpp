#include <signal.h>

#include <thread>
#include <vector>

#include "platform/lock.h"
#include "unit/platform/helpers.h"

using mcpcred::ErrorCode;
using mcpcred::FileLock;
using namespace std::chrono_literals;

namespace {

// A child that holds the lock until it is told to end or dies.
class Holder {
 public:
  explicit Holder(const std::string& path) {
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    pid_ = fork();
    if (pid_ == 0) {
      const auto lock = FileLock::acquire(path);
      const char answer = lock ? 'y' : 'n';
      if (write(ready[1], &answer, 1) == 1) pause();
      _exit(0);
    }
    char answer = 'n';
    REQUIRE(read(ready[0], &answer, 1) == 1);
    REQUIRE(answer == 'y');
    close(ready[0]);
    close(ready[1]);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() { die(); }

  void send(int signal) const { kill(pid_, signal); }
  void die() {
    if (pid_ <= 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
};

}  // namespace

TEST_CASE("a lock is held until it is destroyed, and can be moved") {
  const test::TempFolder folder;
  const std::string path = folder / "lock";
  {
    auto first = FileLock::acquire(path, 0ms);
    REQUIRE(first);
    FileLock moved = std::move(*first);
    CHECK(test::code_of(FileLock::acquire(path, 0ms)) == ErrorCode::kBusy);
  }
  auto again = FileLock::acquire(path, 0ms);
  REQUIRE(again);
  auto other = FileLock::acquire(folder / "other", 0ms);
  REQUIRE(other);
  *other = std::move(*again);
  CHECK(FileLock::acquire(folder / "other", 0ms).has_value());
  CHECK_FALSE(FileLock::acquire(path, 0ms).has_value());
}

TEST_CASE("G3 the lock file has mode 0600 and names its holder") {
  const test::TempFolder folder;
  const test::Umask umask(0);
  test::write_text(folder / "old", "a much longer line than a pid\n", 0666);
  for (const char* name : {"new", "old"}) {
    const auto lock = FileLock::acquire(folder / name);
    REQUIRE(lock);
    CHECK(test::mode_of(folder / name) == 0600);
    CHECK(test::read_text(folder / name) == std::to_string(getpid()) + "\n");
  }
}

TEST_CASE("K5 a stopped holder: kBusy with its pid") {
  const test::TempFolder folder;
  const Holder holder(folder / "lock");
  holder.send(SIGSTOP);
  const auto busy = FileLock::acquire(folder / "lock", 30ms);
  REQUIRE_FALSE(busy);
  CHECK(busy.error().code == ErrorCode::kBusy);
  CHECK(busy.error().message == folder / "lock" + " is in use by process " + std::to_string(holder.pid()));
  CHECK_FALSE(busy.error().hint.empty());
}

TEST_CASE("a killed holder leaves no lock behind") {
  const test::TempFolder folder;
  Holder holder(folder / "lock");
  REQUIRE_FALSE(FileLock::acquire(folder / "lock", 0ms).has_value());
  holder.die();
  CHECK(FileLock::acquire(folder / "lock", 0ms).has_value());
}

TEST_CASE("a waiter gets the lock when its holder ends") {
  const test::TempFolder folder;
  Holder holder(folder / "lock");
  std::thread end([&] {
    std::this_thread::sleep_for(50ms);
    holder.send(SIGKILL);
  });
  CHECK(FileLock::acquire(folder / "lock", 10s).has_value());
  end.join();
}

TEST_CASE("K6 a waiter on a lock file that was deleted does not become a second owner of the new one") {
  const test::TempFolder folder;
  const std::string path = folder / "lock";
  Holder first(path);
  int result[2];
  REQUIRE(pipe(result) == 0);
  const pid_t waiter = fork();  // waits for the first file
  if (waiter == 0) {
    const auto lock = FileLock::acquire(path, 300ms);
    const char answer = lock ? 'y' : 'n';
    _exit(write(result[1], &answer, 1) == 1 ? 0 : 1);
  }
  std::this_thread::sleep_for(50ms);
  REQUIRE(unlink(path.c_str()) == 0);
  const Holder second(path);  // of a new file
  first.die();                // the waiter gets the lock on the deleted file, and must not be content with it
  char answer = '?';
  REQUIRE(read(result[0], &answer, 1) == 1);
  CHECK(answer == 'n');
  waitpid(waiter, nullptr, 0);
  close(result[0]);
  close(result[1]);
}

TEST_CASE("a lock at a link, pipe or folder is refused without hanging") {
  const test::TempFolder folder;
  test::write_text(folder / "victim", "untouched");
  REQUIRE(symlink("victim", (folder / "link").c_str()) == 0);
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  REQUIRE(mkdir((folder / "dir").c_str(), 0700) == 0);
  for (const char* name : {"link", "pipe", "dir", "absent/lock"}) {
    CAPTURE(name);
    CHECK_FALSE(FileLock::acquire(folder / name, 0ms).has_value());
  }
  CHECK(test::read_text(folder / "victim") == "untouched");
}

TEST_CASE("K3 50 processes count under the lock and none is lost") {
  constexpr int kProcesses = 50;
  const test::TempFolder folder;
  test::write_text(folder / "counter", "0");
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      const auto lock = FileLock::acquire(folder / "lock");
      if (!lock) _exit(1);
      const int count = std::stoi(test::read_text(folder / "counter"));
      usleep(5'000);
      test::write_text(folder / "counter", std::to_string(count + 1));
      _exit(0);
    }
    children.push_back(child);
  }
  int failed = 0;
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    failed += status == 0 ? 0 : 1;
  }
  CHECK(failed == 0);
  CHECK(test::read_text(folder / "counter") == std::to_string(kProcesses));
}

TEST_CASE("a program that was started while the lock was held does not hold it") {
  const test::TempFolder folder;
  pid_t child = -1;
  {
    const auto lock = FileLock::acquire(folder / "lock");
    REQUIRE(lock);
    child = fork();
    if (child == 0) {
      execl("/bin/sleep", "sleep", "100", nullptr);
      _exit(127);
    }
    std::this_thread::sleep_for(100ms);
  }
  CHECK(FileLock::acquire(folder / "lock", 2s).has_value());
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
}
