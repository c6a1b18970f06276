#include <sys/wait.h>

#include <cerrno>
#include <cstring>

#include "platform/descriptor.h"
#include "platform/keyctl_linux.h"
#include "platform/session_keyring.h"

namespace mcpcred {
namespace {

// Only who possesses the key through a keyring sees, finds, reads, changes or links it; the same user does not.
constexpr unsigned long kPossessorOnly = 0x3f000000;

Unexpected refused(std::string_view what, int number, std::string hint) {
  return fail(ErrorCode::kStoreUnavailable,
              "the vault cannot be kept unlocked in this session: " + std::string(what) + ": " + std::strerror(number),
              std::move(hint), number);
}

constexpr std::string_view kUseKeyFile = "open the vault by a key file instead: mcpcred vault slot --help";
constexpr std::string_view kUseOtherShell = "use bash or zsh, or start your shell by: keyctl session - ";

// A new session keyring for this process. The shell's other keys (Kerberos, fscrypt) must stay within reach of what
// runs in it, so the old keyring is linked into the new one; in between the process keyring is what gives us a hold
// on the old one.
Result<void> join_new_session() {
  const long former = keyctl(KEYCTL_GET_KEYRING_ID, long{KEY_SPEC_SESSION_KEYRING}, 0L);
  if (former < 0) return refused("KEYCTL_GET_KEYRING_ID", errno, std::string(kUseKeyFile));
  if (keyctl(KEYCTL_LINK, former, long{KEY_SPEC_PROCESS_KEYRING}) < 0)
    return refused("KEYCTL_LINK", errno, std::string(kUseKeyFile));
  const char* no_name = nullptr;
  if (keyctl(KEYCTL_JOIN_SESSION_KEYRING, no_name) < 0)
    return refused("KEYCTL_JOIN_SESSION_KEYRING", errno, std::string(kUseKeyFile));
  if (keyctl(KEYCTL_LINK, former, long{KEY_SPEC_SESSION_KEYRING}) < 0)
    return refused("KEYCTL_LINK", errno, std::string(kUseKeyFile));
  return {};
}

Result<void> add_key(const std::string& description, const Secret& value, unsigned seconds) {
  const long key = syscall(SYS_add_key, "user", description.c_str(), value.reveal().data(), value.size(),
                           long{KEY_SPEC_SESSION_KEYRING});
  if (key < 0) return refused("add_key", errno, std::string(kUseKeyFile));
  if (keyctl(KEYCTL_SETPERM, key, kPossessorOnly) < 0)
    return refused("KEYCTL_SETPERM", errno, std::string(kUseKeyFile));
  if (keyctl(KEYCTL_SET_TIMEOUT, key, static_cast<unsigned long>(seconds)) < 0)
    return refused("KEYCTL_SET_TIMEOUT", errno, std::string(kUseKeyFile));
  return {};
}

// A key can be there for this thread alone (add_key joins a session of its own where there is only the user's). The
// next command of the shell cannot be asked; a child is the nearest thing to it that a library can start.
bool seen_by_another_process(std::string_view description, const Secret& value) {
  const pid_t child = fork();
  if (child < 0) return false;
  if (child == 0) {
    const std::optional<Secret> found = session_key_read(description);
    _exit(found && *found == value ? 0 : 1);
  }
  int status = 0;
  if (retry_interrupted([&] { return waitpid(child, &status, 0); }) != child) return false;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The kernel asks for a parent of one thread and of the same user, or refuses (EPERM).
Result<void> hand_session_to_shell() {
  if (keyctl(KEYCTL_SESSION_TO_PARENT) >= 0) return {};
  return refused("the program that started mcpcred cannot take a new session keyring (KEYCTL_SESSION_TO_PARENT)", errno,
                 std::string(kUseOtherShell) + "$SHELL");
}

Result<void> write_and_verify(const std::string& description, const Secret& value, unsigned seconds, bool new_session) {
  MCPCRED_CHECK(add_key(description, value, seconds));
  if (new_session) MCPCRED_CHECK(hand_session_to_shell());
  if (seen_by_another_process(description, value)) return {};
  return fail(ErrorCode::kStoreUnavailable,
              "the vault cannot be kept unlocked in this session: another process does not find the key",
              std::string(kUseKeyFile));
}

}  // namespace

Result<std::string> session_key_write(std::string_view description, const Secret& value, unsigned seconds) {
  const std::optional<std::string> name = session_keyring_name();
  if (!name) return refused("keyctl", errno, std::string(kUseKeyFile));
  const bool new_session = name->starts_with("_uid_ses.");
  if (new_session) MCPCRED_CHECK(join_new_session());
  if (Result<void> written = write_and_verify(std::string(description), value, seconds, new_session); !written) {
    session_key_remove(description);
    return Unexpected(std::move(written).error());
  }
  return session_key_scope();
}

}  // namespace mcpcred
