#include "store/bus_connection_linux.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/encoding.h"
#include "core/log.h"
#include "store/secret_service_errors.h"

namespace mcpcred {
namespace {

constexpr const char* kProvider = "org.freedesktop.secrets";

// As the D-Bus specification asks for values of an address: %XX for all but these.
std::string escaped_in_address(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("-_/.\\*").find(c) != std::string_view::npos;
    escaped += plain ? std::string(1, c) : "%" + hex_encode({&c, 1});
  }
  return escaped;
}

// A dbus-daemon without its usual session settings ends a connection at 128 unanswered calls.
constexpr std::size_t kMostUnanswered = 100;

std::string bus_address(const BusConnection::Environment& environment) {
  const auto set = [&](std::string_view name) { return environment(name).value_or(""); };
  if (std::string address = set("DBUS_SESSION_BUS_ADDRESS"); !address.empty()) return address;
  std::string folder = set("XDG_RUNTIME_DIR");
  if (folder.empty() || folder.front() != '/') folder = "/run/user/" + std::to_string(geteuid());
  return "unix:path=" + escaped_in_address(folder) + "/bus";
}

struct Pending {
  const SdBus* calls;
  sd_bus_message* answer = nullptr;
};

int take_answer(sd_bus_message* message, void* data, sd_bus_error*) {
  auto& pending = *static_cast<Pending*>(data);
  if (pending.answer != nullptr) return 0;
  pending.answer = pending.calls->message_ref(message);
  if (pending.calls->message_sensitive != nullptr) pending.calls->message_sensitive(message);
  return 0;
}

/// Answers and slots of one exchange; nothing is called back after it is gone.
class Exchange {
 public:
  Exchange(const SdBus& calls, std::size_t count) : calls_(calls), pending_(count, Pending{&calls}) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() {
    for (sd_bus_slot* slot : slots_) calls_.slot_unref(slot);
    for (const Pending& pending : pending_)
      if (pending.answer != nullptr) calls_.message_unref(pending.answer);
  }

  Pending* at(std::size_t i) { return &pending_[i]; }
  void keep(sd_bus_slot* slot) { slots_.push_back(slot); }
  /// How many of the first calls have their answer; a bus answers in order, as good as always.
  std::size_t answered() {
    while (first_open_ < pending_.size() && pending_[first_open_].answer != nullptr) ++first_open_;
    return first_open_;
  }
  BusMessage take(std::size_t i) { return {calls_, std::exchange(pending_[i].answer, nullptr)}; }

 private:
  const SdBus& calls_;
  std::vector<Pending> pending_;  // never grows: the library holds pointers to its elements
  std::vector<sd_bus_slot*> slots_;
  std::size_t first_open_ = 0;
};

}  // namespace

BusMessage& BusMessage::text(char type, const std::string& value) {
  ok_ = ok_ && calls_->append_basic(message_, type, value.c_str()) >= 0;
  return *this;
}

BusMessage& BusMessage::boolean(bool value) {
  const int number = value ? 1 : 0;
  ok_ = ok_ && calls_->append_basic(message_, 'b', &number) >= 0;
  return *this;
}

BusMessage& BusMessage::bytes(std::string_view value) {
  if (calls_->message_sensitive != nullptr) calls_->message_sensitive(message_);
  ok_ = ok_ && calls_->append_array(message_, 'y', value.data(), value.size()) >= 0;
  return *this;
}

BusMessage& BusMessage::open(char type, const char* contents) {
  ok_ = ok_ && calls_->open_container(message_, type, contents) >= 0;
  return *this;
}

BusMessage& BusMessage::close() {
  ok_ = ok_ && calls_->close_container(message_) >= 0;
  return *this;
}

bool BusMessage::read_text(char type, std::string& value) {
  const char* text = nullptr;
  if (calls_->read_basic(message_, type, &text) <= 0 || text == nullptr) return false;
  value = text;
  return true;
}

bool BusMessage::read_boolean(bool& value) {
  int number = 0;
  if (calls_->read_basic(message_, 'b', &number) <= 0) return false;
  value = number != 0;
  return true;
}

bool BusMessage::read_bytes(Secret& value) {
  const void* data = nullptr;
  std::size_t size = 0;
  if (calls_->read_array(message_, 'y', &data, &size) < 0) return false;
  value = Secret::copy_of({static_cast<const char*>(data), size});
  return true;
}

bool BusMessage::enter(char type, const char* contents) {
  return calls_->enter_container(message_, type, contents) > 0;
}

bool BusMessage::leave() {
  return calls_->exit_container(message_) >= 0;
}

bool BusMessage::skip(const char* types) {
  return calls_->skip(message_, types) >= 0;
}

Result<std::unique_ptr<BusConnection>> BusConnection::open(const Environment& environment) {
  MCPCRED_TRY(calls, load_sd_bus());
  const std::string address = bus_address(environment);
  log_debug("session bus: " + address);
  sd_bus* bus = nullptr;
  int code = calls->bus_new(&bus);
  if (code < 0) return fail(ErrorCode::kInternal, "no memory for a connection to the bus", {}, -code);
  std::unique_ptr<BusConnection> connection(new BusConnection(*calls, bus));
  code = calls->set_address(bus, address.c_str());
  if (code >= 0) code = calls->set_bus_client(bus, 1);
  if (code >= 0) code = calls->start(bus);
  if (code < 0) return Unexpected(no_bus_error(environment, -code));
  return connection;
}

BusConnection::~BusConnection() {
  calls_.close_unref(bus_);
}

Result<BusMessage> BusConnection::call(const std::string& path, const char* interface, const char* member) {
  sd_bus_message* message = nullptr;
  const int code = calls_.new_method_call(bus_, &message, kProvider, path.c_str(), interface, member);
  // A path that is none can only come from a registry that somebody edited, or from a broken provider.
  if (code < 0) return fail(ErrorCode::kStoreUnavailable, "not an item of the Secret Service: " + printable(path));
  return BusMessage(calls_, message);
}

Result<bool> BusConnection::work_until(const std::function<bool()>& done, Clock::time_point deadline) {
  while (!done()) {
    const int progress = calls_.process(bus_, nullptr);
    if (progress < 0) {
      if (progress == -ECONNRESET || progress == -ENOTCONN || progress == -EPIPE)
        return fail(ErrorCode::kStoreUnavailable, "the session bus has closed the connection", {}, -progress);
      return fail(ErrorCode::kStoreUnavailable, "the session bus cannot be talked to", {}, -progress);
    }
    if (progress > 0) continue;
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(deadline - Clock::now()).count();
    if (left <= 0) return false;
    const int waited = calls_.wait(bus_, static_cast<std::uint64_t>(left));
    if (waited < 0 && waited != -EINTR)
      return fail(ErrorCode::kStoreUnavailable, "the session bus cannot be waited for", {}, -waited);
  }
  return true;
}

Result<std::vector<std::optional<BusMessage>>> BusConnection::exchange(std::span<BusMessage> calls,
                                                                       std::chrono::milliseconds limit,
                                                                       OnError on_error) {
  // Who did not answer in that time is not waited for a second time by the same command.
  if (silent_) return Unexpected(no_answer_error());
  Exchange exchange(calls_, calls.size());
  std::size_t sent = 0;
  int refused = 0;
  // The library's own limit lies behind ours, so that there is one place that says "no answer".
  const auto library_limit = static_cast<std::uint64_t>(limit.count()) * 2000;
  const auto send_more = [&] {
    for (; sent < calls.size() && sent - exchange.answered() < kMostUnanswered && refused == 0; ++sent) {
      sd_bus_slot* slot = nullptr;
      const int code = calls_.call_async(bus_, &slot, calls[sent].raw(), take_answer, exchange.at(sent), library_limit);
      if (code < 0)
        refused = -code;
      else
        exchange.keep(slot);
    }
    return refused != 0 || exchange.answered() == calls.size();
  };
  for (const BusMessage& message : calls)
    if (!message.ok()) return fail(ErrorCode::kInternal, "a message to the Secret Service could not be made");
  MCPCRED_TRY(answered, work_until(send_more, Clock::now() + limit));
  if (refused != 0)
    return fail(ErrorCode::kStoreUnavailable, "the session bus takes no message",
                "see that DBUS_SESSION_BUS_ADDRESS is the bus of this session", refused);
  silent_ = !answered;
  if (silent_) return Unexpected(no_answer_error());
  std::vector<std::optional<BusMessage>> answers;
  answers.reserve(calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i) {
    BusMessage answer = exchange.take(i);
    if (const sd_bus_error* error = calls_.message_get_error(answer.raw())) {
      Error told = bus_error(error->name, error->message == nullptr ? "" : error->message);
      if (on_error == OnError::kFail || told.code != ErrorCode::kNotFound) return Unexpected(std::move(told));
      answers.emplace_back(std::nullopt);
    } else {
      answers.emplace_back(std::move(answer));
    }
  }
  return answers;
}

Result<std::optional<BusMessage>> BusConnection::call_for_signal(BusMessage& message, const std::string& path,
                                                                 const char* interface, const char* signal,
                                                                 std::chrono::milliseconds limit) {
  Exchange exchange(calls_, 2);
  sd_bus_slot* slot = nullptr;
  // Without the sender: the library compares it with the unique name, which is not known. A false signal does no more
  // than end the wait.
  int code = calls_.match_signal_async(bus_, &slot, nullptr, path.c_str(), interface, signal, take_answer, nullptr,
                                       exchange.at(0));
  if (code >= 0) {
    exchange.keep(slot);
    slot = nullptr;
    code = calls_.call_async(bus_, &slot, message.raw(), take_answer, exchange.at(1),
                             static_cast<std::uint64_t>(limit.count()) * 2000);
  }
  if (code < 0) return fail(ErrorCode::kStoreUnavailable, "the session bus takes no message", {}, -code);
  exchange.keep(slot);
  const auto settled = [&] {
    if (exchange.at(0)->answer != nullptr) return true;
    sd_bus_message* answer = exchange.at(1)->answer;
    return answer != nullptr && calls_.message_get_error(answer) != nullptr;
  };
  MCPCRED_TRY(answered, work_until(settled, Clock::now() + limit));
  if (!answered) return std::optional<BusMessage>();
  if (exchange.at(0)->answer == nullptr) {
    const sd_bus_error* error = calls_.message_get_error(exchange.at(1)->answer);
    return Unexpected(bus_error(error->name, error->message == nullptr ? "" : error->message));
  }
  return std::optional<BusMessage>(exchange.take(0));
}

void BusConnection::send(BusMessage& message) {
  calls_.send(bus_, message.raw(), nullptr);
}

}  // namespace mcpcred
