#include "platform/session_keyring.h"

#include <fcntl.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstring>

#include "platform/descriptor.h"
#include "platform/keyctl_linux.h"

namespace mcpcred {
namespace {

constexpr std::string_view kOneSession = "session";
constexpr std::string_view kWholeUser = "all sessions of this user";

// As much of /proc/keys as there is; it holds names and times, no content.
std::string read_proc_keys() {
  const Descriptor file(open("/proc/keys", O_RDONLY | O_CLOEXEC));
  std::string text;
  std::array<char, 4096> buffer{};
  while (file.valid()) {
    const ssize_t count = retry_interrupted([&] { return read(file.get(), buffer.data(), buffer.size()); });
    if (count <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return text;
}

// "47s", "9m", "11h", "2d", "1w"; "perm" and "expd" are no times.
std::optional<std::int64_t> parse_time_left(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end + 1 != text.data() + text.size()) return std::nullopt;
  switch (*end) {
    case 's':
      return number;
    case 'm':
      return number * 60;
    case 'h':
      return number * 3600;
    case 'd':
      return number * 86400;
    case 'w':
      return number * 7 * 86400;
    default:
      return std::nullopt;
  }
}

std::optional<std::string_view> fourth_word(std::string_view line) {
  for (int word = 1;; ++word) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::nullopt;
    line.remove_prefix(begin);
    const std::size_t end = line.find(' ');
    if (word == 4) return line.substr(0, end);
    if (end == std::string_view::npos) return std::nullopt;
    line.remove_prefix(end);
  }
}

}  // namespace

std::optional<std::string> session_keyring_name() {
  std::array<char, 512> buffer{};
  const long size = keyctl(KEYCTL_DESCRIBE, long{KEY_SPEC_SESSION_KEYRING}, buffer.data(), buffer.size());
  if (size < 0) return std::nullopt;
  buffer.back() = '\0';
  const std::string_view text = buffer.data();  // type;uid;gid;permission;name
  const std::size_t last = text.rfind(';');
  return std::string(last == std::string_view::npos ? text : text.substr(last + 1));
}

std::optional<Secret> session_key_read(std::string_view description) {
  const KeyId key = find_session_key(std::string(description));
  if (key < 0) return std::nullopt;
  const long size = keyctl(KEYCTL_READ, long{key}, nullptr, 0L);
  if (size <= 0) return std::nullopt;
  Secret value = Secret::of_size(static_cast<std::size_t>(size));
  if (keyctl(KEYCTL_READ, long{key}, value.writable(), size) != size) return std::nullopt;
  return value;
}

void session_key_extend(std::string_view description, unsigned seconds) {
  const KeyId key = find_session_key(std::string(description));
  if (key >= 0) keyctl(KEYCTL_SET_TIMEOUT, long{key}, static_cast<unsigned long>(seconds));
}

bool session_key_remove(std::string_view description) {
  // More than one where a keyring of ours has an older one linked into it.
  constexpr int kMostKeys = 32;
  const std::string name(description);
  bool removed = false;
  for (int i = 0; i < kMostKeys; ++i) {
    const KeyId key = find_session_key(name);
    if (key < 0) break;
    // Invalidating takes a key out of every keyring at once; revoking is for kernels before 3.5.
    if (keyctl(KEYCTL_INVALIDATE, long{key}) != 0 && keyctl(KEYCTL_REVOKE, long{key}) != 0) break;
    removed = true;
  }
  return removed;
}

std::string session_key_scope() {
  const std::optional<std::string> name = session_keyring_name();
  if (!name) return "not available: keyctl: " + std::string(std::strerror(errno));
  return std::string(name->starts_with("_uid_ses.") ? kWholeUser : kOneSession);
}

std::optional<std::int64_t> session_key_seconds_left(std::string_view description) {
  const KeyId key = find_session_key(std::string(description));
  if (key < 0) return std::nullopt;
  char id[16];
  std::snprintf(id, sizeof id, "%08x ", static_cast<unsigned>(key));
  const std::string keys = read_proc_keys();
  for (std::size_t begin = 0; begin < keys.size();) {
    const std::size_t end = std::min(keys.find('\n', begin), keys.size());
    const std::string_view line = std::string_view(keys).substr(begin, end - begin);
    begin = end + 1;
    if (!line.starts_with(id)) continue;
    const std::optional<std::string_view> left = fourth_word(line);
    return left ? parse_time_left(*left) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace mcpcred
