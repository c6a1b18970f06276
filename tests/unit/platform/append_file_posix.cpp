#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "catch.h"
#include "platform/file.h"
#include "temp_folder.h"

namespace mcpcred::test {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Files end at this size for as long as it lives.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t size) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = size;
    setrlimit(RLIMIT_FSIZE, &limit);
    former_ = signal(SIGXFSZ, SIG_IGN);
  }
  ~SizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, former_);
  }
  SizeLimit(const SizeLimit&) = delete;
  SizeLimit& operator=(const SizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*former_)(int) = nullptr;
};

}  // namespace

TEST_CASE("append_to_file: adds to a file that is there, and makes none") {
  const TempFolder folder;
  const std::string path = folder.path() + "/file";
  CHECK_FALSE(append_to_file(path, "x"));
  CHECK_FALSE(std::filesystem::exists(path));
  std::ofstream(path) << "before\n";
  CHECK(append_to_file(path, {}));
  CHECK(bytes_of(path) == "before\n");
  CHECK(append_to_file(path, "after\n"));
  CHECK(bytes_of(path) == "before\nafter\n");
}

TEST_CASE("append_to_file: a folder, a device and a pipe are refused without waiting") {
  const TempFolder folder;
  CHECK_FALSE(append_to_file(folder.path(), {}));
  CHECK_FALSE(append_to_file("/dev/null", {}));
  REQUIRE(mkfifo((folder.path() + "/pipe").c_str(), 0600) == 0);
  CHECK_FALSE(append_to_file(folder.path() + "/pipe", {}));
}

TEST_CASE("append_to_file C9: what does not fit leaves no half of it") {
  const TempFolder folder;
  const std::string path = folder.path() + "/file";
  std::ofstream(path) << "before\n";
  {
    const SizeLimit limit(10);
    CHECK_FALSE(append_to_file(path, "NAME<<end\nvalue\nend\n"));
  }
  CHECK(bytes_of(path) == "before\n");
}

}  // namespace mcpcred::test
