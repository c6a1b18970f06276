#pragma once

#include <linux/keyctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <optional>
#include <string>

// keyctl(2) without libkeyutils: a library less to ship for nine small calls.
namespace mcpcred {

using KeyId = std::int32_t;

template <class... Arguments>
long keyctl(int operation, Arguments... arguments) {
  return syscall(SYS_keyctl, operation, arguments...);
}

/// "user" key called `description`, reachable from this process's session keyring; -1 and errno.
inline KeyId find_session_key(const std::string& description) {
  return static_cast<KeyId>(keyctl(KEYCTL_SEARCH, long{KEY_SPEC_SESSION_KEYRING}, "user", description.c_str(), 0L));
}

/// Name of this process's session keyring: "_ses", "_uid_ses.1000", …; nullopt and errno where keyctl is refused.
std::optional<std::string> session_keyring_name();

}  // namespace mcpcred
