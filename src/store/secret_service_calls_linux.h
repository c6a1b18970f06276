#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/bus_connection_linux.h"

namespace mcpcred {

using ItemAttributes = std::map<std::string, std::string>;

/// What a search found, by path.
struct FoundItems {
  std::vector<std::string> unlocked;
  std::vector<std::string> locked;
};

/// The calls of the Secret Service API (0.2) that we use, several in one wait where the API allows it. The session is
/// plain: on a bus of the user's own a Diffie-Hellman exchange costs 5 ms and hides nothing from that user's programs.
class SecretServiceCalls {
 public:
  SecretServiceCalls(BusConnection::Environment environment, bool may_prompt)
      : environment_(std::move(environment)), may_prompt_(may_prompt) {}

  /// One result a query, in their order; opens the session in the same wait. No attributes: every item.
  Result<std::vector<FoundItems>> search(std::span<const ItemAttributes> queries);
  /// One element a path; an item that went away meanwhile is nullopt.
  Result<std::vector<std::optional<ItemAttributes>>> attributes(std::span<const std::string> paths);
  /// One element a path; nullopt: gone, or locked.
  Result<std::vector<std::optional<Secret>>> secrets(std::span<const std::string> paths);

  Result<void> set_secret(const std::string& path, const Secret& value);
  /// In the default collection, which is unlocked first. Returns the new item's path.
  Result<std::string> create(const std::string& label, const ItemAttributes& attributes, const Secret& value);
  Result<void> remove(const std::string& path);

  /// Unlocks by the provider's own question, at most 30 seconds. kLocked where the person says no, nothing, or must
  /// not be asked.
  Result<void> unlock(std::span<const std::string> paths);
  /// Is the default collection there? kStoreUnavailable where not.
  Result<std::string> default_collection();

 private:
  Result<BusConnection*> connection();
  Result<BusMessage> session_call();
  Result<void> take_session(BusMessage& answer);
  Result<void> need_session();
  Result<BusMessage> call(const std::string& path, const char* interface, const char* member);
  Result<BusMessage> exchange_one(BusMessage message);
  Result<void> finish_prompt(const std::string& prompt);
  void append_secret(BusMessage& message, const Secret& value) const;

  BusConnection::Environment environment_;
  bool may_prompt_;
  std::unique_ptr<BusConnection> connection_;
  std::string session_;
};

}  // namespace mcpcred
