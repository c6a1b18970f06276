#ifdef __linux__

#include <linux/keyctl.h>
#include <sys/syscall.h>

#include <thread>

#include "platform/session_keyring.h"
#include "unit/platform/helpers.h"

using mcpcred::Secret;
using namespace mcpcred;

namespace {

const std::string kDescription = "mcpcred:id:unit-test-" + std::to_string(getpid());

// The tests stand for a shell: each in a child, so that no key and no keyring stays in the session that runs them.
template <class Body>
int in_shell(Body body) {
  return test::in_child(body);
}

bool join_session(const char* name) {
  return syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, name) >= 0;
}

bool keyrings_work() {
  const int code = test::in_child([] { return join_session(nullptr) ? 0 : 1; });
  if (code != 0) WARN("this system refuses keyctl: only the answers for that are tested");
  return code == 0;
}

bool write_key(const std::string& value) {
  return session_key_write(kDescription, Secret::copy_of(value), 100).has_value();
}

bool has(const std::string& value) {
  const auto found = session_key_read(kDescription);
  return found && found->reveal() == value;
}

}  // namespace

TEST_CASE("J5 the scope is told, also where there is none") {
  const std::string scope = session_key_scope();
  if (keyrings_work()) {
    CHECK((scope == "session" || scope == "all sessions of this user"));
  } else {
    CHECK(scope.starts_with("not available: "));
    const auto refused = session_key_write(kDescription, Secret::copy_of("x"), 10);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::kStoreUnavailable);
    CHECK_FALSE(refused.error().hint.empty());
  }
}

TEST_CASE("a key that is not there is nothing, never an error") {
  CHECK_FALSE(session_key_read(kDescription).has_value());
  CHECK_FALSE(session_key_remove(kDescription));
  CHECK_FALSE(session_key_seconds_left(kDescription).has_value());
  session_key_extend(kDescription, 10);
}

TEST_CASE("in a session keyring of the shell's own: written by one child, read by the next") {
  if (!keyrings_work()) return;
  const int code = in_shell([] {
    if (!join_session(nullptr)) return 1;
    const std::string value("id\0entity\xff", 10);
    if (test::in_child([&] { return write_key(value) ? 0 : 1; }) != 0) return 2;
    if (!has(value)) return 3;
    if (test::in_child([&] { return has(value) ? 0 : 1; }) != 0) return 4;
    // Another session of the same user.
    if (test::in_child([&] { return join_session(nullptr) && !session_key_read(kDescription) ? 0 : 1; }) != 0) return 5;
    // Replaced, then removed.
    if (!write_key("second") || !has("second")) return 6;
    if (!session_key_remove(kDescription) || session_key_remove(kDescription)) return 7;
    return session_key_read(kDescription) ? 8 : 0;
  });
  CHECK(code == 0);
}

TEST_CASE("the key is for its possessor alone, and its time runs") {
  if (!keyrings_work()) return;
  const int code = in_shell([] {
    if (!join_session(nullptr) || !write_key("x")) return 1;
    const long key = syscall(SYS_keyctl, KEYCTL_SEARCH, KEY_SPEC_SESSION_KEYRING, "user", kDescription.c_str(), 0);
    char text[256] = {};
    if (syscall(SYS_keyctl, KEYCTL_DESCRIBE, key, text, sizeof text - 1) < 0) return 2;
    if (std::string(text).find(";3f000000;") == std::string::npos) return 3;
    const auto left = session_key_seconds_left(kDescription);  // the system tells it in whole minutes
    if (!left || *left < 60 || *left > 100) return 4;
    session_key_extend(kDescription, 7200);
    const auto extended = session_key_seconds_left(kDescription);
    if (!extended || *extended < 3600 || *extended > 7200) return 5;
    // The same user in a session without it, who knows the number.
    return test::in_child([&] {
      char value[8];
      return join_session(nullptr) && syscall(SYS_keyctl, KEYCTL_READ, key, value, sizeof value) < 0 ? 0 : 6;
    });
  });
  CHECK(code == 0);
}

TEST_CASE(
    "where there is only the user's keyring, the shell gets a session keyring of its own, the old one linked in") {
  if (!keyrings_work()) return;
  const int code = in_shell([] {
    // KEYCTL_DESCRIBE of a process without one gives the user's: only such a shell can play this part.
    if (session_key_scope() != "all sessions of this user") return 77;
    if (test::in_child([] {
          const auto scope = session_key_write(kDescription, Secret::copy_of("x"), 100);
          return scope && *scope == "session" ? 0 : 1;
        }) != 0)
      return 2;
    if (session_key_scope() != "session") return 3;
    if (test::in_child([] { return has("x") ? 0 : 1; }) != 0) return 4;
    char ring[512] = {};
    std::string names;
    std::int32_t ids[64] = {};
    const long size = syscall(SYS_keyctl, KEYCTL_READ, KEY_SPEC_SESSION_KEYRING, ids, sizeof ids);
    for (long i = 0; i < size / 4; ++i) {
      if (syscall(SYS_keyctl, KEYCTL_DESCRIBE, ids[i], ring, sizeof ring - 1) > 0) names += std::string(ring) + "\n";
    }
    if (names.find("_uid_ses.") == std::string::npos) return 5;
    if (test::in_child([] { return session_key_remove(kDescription) ? 0 : 1; }) != 0) return 6;
    return session_key_read(kDescription) ? 7 : 0;
  });
  if (code == 77) {
    WARN("this session has a keyring of its own: the other way is tested by tests/e2e/session_keyring.test.sh");
    return;
  }
  CHECK(code == 0);
}

TEST_CASE("a parent that cannot take the session keyring: an error that says so, and no key left") {
  if (!keyrings_work() || session_key_scope() != "all sessions of this user") return;
  const int code = test::in_child([] {
    // A parent of two threads, as some shells are.
    const pid_t child = fork();
    if (child != 0) {
      int status = 0;
      waitpid(child, &status, 0);
      return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
    }
    // Its own child asks; the parent is this process, which has a second thread by then.
    std::thread second([] { pause(); });
    const int answer = test::in_child([] {
      const auto refused = session_key_write(kDescription, Secret::copy_of("x"), 100);
      if (refused) return 1;
      if (refused.error().code != ErrorCode::kStoreUnavailable) return 2;
      if (refused.error().message.find("KEYCTL_SESSION_TO_PARENT") == std::string::npos) return 3;
      return session_key_read(kDescription) ? 4 : 0;
    });
    _exit(answer);
  });
  CHECK(code == 0);
}

#endif
