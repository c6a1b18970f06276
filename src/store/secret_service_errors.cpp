#include "store/secret_service_errors.h"

#include <algorithm>
#include <array>

#include "core/encoding.h"
#include "platform/surroundings.h"

namespace mcpcred {
namespace {

constexpr const char* kVault = "an encrypted vault needs no desktop: mcpcred vault init --passphrase";
constexpr const char* kProviders = "install and start one: gnome-keyring, KWallet or KeePassXC";
constexpr const char* kUnlock = "unlock the keyring: log in to the desktop, or open its password manager; then again";

struct Row {
  std::string_view name;
  ErrorCode code;
  std::string_view message;
  std::string_view hint;
};

constexpr std::array kRows = {
    Row{"org.freedesktop.DBus.Error.ServiceUnknown", ErrorCode::kStoreUnavailable,
        "no program provides the Secret Service here", kProviders},
    Row{"org.freedesktop.DBus.Error.NameHasNoOwner", ErrorCode::kStoreUnavailable,
        "no program provides the Secret Service here", kProviders},
    Row{"org.freedesktop.DBus.Error.NoReply", ErrorCode::kStoreUnavailable,
        "the Secret Service went away without an answer", kProviders},
    Row{"org.freedesktop.DBus.Error.Timeout", ErrorCode::kStoreUnavailable, "the Secret Service does not answer",
        kProviders},
    Row{"org.freedesktop.DBus.Error.Disconnected", ErrorCode::kStoreUnavailable,
        "the session bus has closed the connection", ""},
    Row{"org.freedesktop.DBus.Error.AccessDenied", ErrorCode::kDenied, "the Secret Service refused the request", ""},
    Row{"org.freedesktop.Secret.Error.IsLocked", ErrorCode::kLocked, "the keyring is locked", kUnlock},
    Row{"org.freedesktop.Secret.Error.NoSession", ErrorCode::kStoreUnavailable,
        "the Secret Service was restarted meanwhile", "again"},
    Row{"org.freedesktop.Secret.Error.NoSuchObject", ErrorCode::kNotFound,
        "the item was removed from the Secret Service meanwhile", "again"},
    Row{"org.freedesktop.DBus.Error.UnknownObject", ErrorCode::kNotFound,
        "the item was removed from the Secret Service meanwhile", "again"},
    Row{"org.freedesktop.DBus.Error.UnknownMethod", ErrorCode::kNotFound,
        "the item was removed from the Secret Service meanwhile", "again"},
};

}  // namespace

Error no_bus_error(const std::function<std::optional<std::string>(std::string_view)>& environment, int number) {
  const std::string where = surroundings(environment);
  std::string message = "the Secret Service cannot be reached: there is no session bus";
  if (!where.empty()) message += " (this is " + where + ")";
  return {ErrorCode::kStoreUnavailable, std::move(message), kVault, number};
}

Error no_answer_error() {
  return {ErrorCode::kStoreUnavailable, "the Secret Service does not answer", std::string(kProviders) + "\n" + kVault,
          0};
}

Error no_collection_error() {
  return {ErrorCode::kStoreUnavailable, "the Secret Service has no default keyring yet",
          std::string("make one in its password manager (Passwords and Keys, KWallet)\n") + kVault, 0};
}

Error dismissed_error() {
  return {ErrorCode::kLocked, "the keyring stays locked: its question was turned down", kUnlock, 0};
}

Error prompt_timeout_error() {
  return {ErrorCode::kLocked, "the keyring is locked, and nobody answered its question within 30 seconds", kUnlock, 0};
}

Error locked_error() {
  return {ErrorCode::kLocked, "the keyring is locked", kUnlock, 0};
}

Error bus_error(std::string_view name, std::string_view text) {
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == name; });
  if (row != kRows.end()) return {row->code, std::string(row->message), std::string(row->hint), 0};
  // Spawn.*: the bus tried to start the provider.
  if (name.starts_with("org.freedesktop.DBus.Error.Spawn"))
    return {ErrorCode::kStoreUnavailable, "the program that provides the Secret Service does not start", kProviders, 0};
  return {ErrorCode::kStoreUnavailable, "the Secret Service answered: " + printable(text.empty() ? name : text), "", 0};
}

}  // namespace mcpcred
