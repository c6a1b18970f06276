#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "store/sd_bus_linux.h"

namespace mcpcred {

/// One message; wiped by the library when it is freed, where the library can.
class BusMessage {
 public:
  BusMessage(const SdBus& calls, sd_bus_message* message) : calls_(&calls), message_(message) {}
  BusMessage(BusMessage&& other) noexcept : calls_(other.calls_), message_(std::exchange(other.message_, nullptr)) {}
  BusMessage& operator=(BusMessage&& other) noexcept {
    std::swap(calls_, other.calls_);
    std::swap(message_, other.message_);
    return *this;
  }
  ~BusMessage() {
    if (message_ != nullptr) calls_->message_unref(message_);
  }

  sd_bus_message* raw() const { return message_; }

  // Writing. What goes wrong here is remembered and told by ok(), as all of it means "out of memory".
  BusMessage& text(char type, const std::string& value);
  BusMessage& boolean(bool value);
  BusMessage& bytes(std::string_view value);
  BusMessage& open(char type, const char* contents);
  BusMessage& close();
  bool ok() const { return ok_; }

  // Reading; false where the message holds something else.
  bool read_text(char type, std::string& value);
  bool read_boolean(bool& value);
  bool read_bytes(Secret& value);
  bool enter(char type, const char* contents);
  bool leave();
  bool skip(const char* types);
  /// Enters the next element of an array of `type`; false at its end.
  bool next(char type, const char* contents) { return calls_->enter_container(message_, type, contents) > 0; }

 private:
  const SdBus* calls_;
  sd_bus_message* message_;
  bool ok_ = true;
};

/// A connection to the user's session bus that never waits longer than it is told.
class BusConnection {
 public:
  using Clock = std::chrono::steady_clock;
  using Environment = std::function<std::optional<std::string>(std::string_view)>;

  /// By DBUS_SESSION_BUS_ADDRESS, else $XDG_RUNTIME_DIR/bus, else /run/user/UID/bus: clients start servers with an
  /// environment that has neither. kStoreUnavailable where there is none.
  static Result<std::unique_ptr<BusConnection>> open(const Environment& environment);
  ~BusConnection();
  BusConnection(const BusConnection&) = delete;
  BusConnection& operator=(const BusConnection&) = delete;

  /// A call to the Secret Service.
  Result<BusMessage> call(const std::string& path, const char* interface, const char* member);

  /// Sends all of `calls` and waits for all answers, together at most `limit`. The first answer that is an error ends
  /// it with that error (see bus_error); with kSkipGone an element whose object is not there any more is nullopt. A
  /// refusal or a provider that went away never passes as "not there": another item would be made beside the old one.
  enum class OnError : std::uint8_t { kFail, kSkipGone };
  Result<std::vector<std::optional<BusMessage>>> exchange(std::span<BusMessage> calls, std::chrono::milliseconds limit,
                                                          OnError on_error = OnError::kFail);

  /// Calls `message` and waits until `signal` of `interface` on `path` arrives, at most `limit`; nullopt: it did not.
  Result<std::optional<BusMessage>> call_for_signal(BusMessage& message, const std::string& path, const char* interface,
                                                    const char* signal, std::chrono::milliseconds limit);
  /// Sends without waiting for an answer.
  void send(BusMessage& message);

 private:
  BusConnection(const SdBus& calls, sd_bus* bus) : calls_(calls), bus_(bus) {}
  /// Works until `done`; false when `deadline` passed before.
  Result<bool> work_until(const std::function<bool()>& done, Clock::time_point deadline);

  const SdBus& calls_;
  sd_bus* bus_;
  bool silent_ = false;
};

}  // namespace mcpcred
