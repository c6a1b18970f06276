#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// What `description` holds in the calling session's kernel keyring; nullopt where there is no such key, or no
/// keyring at all (containers refuse keyctl). Never an error: a cache may always be empty.
std::optional<Secret> session_key_read(std::string_view description);

/// Puts a key where the calling shell and its children find it, and nobody else does: into the shell's own session
/// keyring, or a new one that is handed to the shell (KEYCTL_SESSION_TO_PARENT) with the old one linked into it.
/// Read back from a second process before it counts. The message of an error says what the system refused.
/// Returns the scope it got: "session" or "all sessions of this user" (hosts without pam_keyinit).
Result<std::string> session_key_write(std::string_view description, const Secret& value, unsigned seconds);

/// Sets the time after which the key vanishes. No effect where there is none.
void session_key_extend(std::string_view description, unsigned seconds);

/// Removes it. True: there was one.
bool session_key_remove(std::string_view description);

/// "session", "all sessions of this user", or "not available: <reason>".
std::string session_key_scope();

/// Seconds until the key vanishes, rounded down as the system tells it (whole minutes from 60 s on, whole hours from
/// 1 h on); nullopt where there is no such key or the time is not known.
std::optional<std::int64_t> session_key_seconds_left(std::string_view description);

}  // namespace mcpcred
