#include "store/secret_service_calls_linux.h"

#include <algorithm>

#include "core/encoding.h"
#include "store/secret_service_errors.h"

namespace mcpcred {
namespace {

constexpr const char* kServicePath = "/org/freedesktop/secrets";
constexpr const char* kService = "org.freedesktop.Secret.Service";
constexpr const char* kCollection = "org.freedesktop.Secret.Collection";
constexpr const char* kItem = "org.freedesktop.Secret.Item";
constexpr const char* kPrompt = "org.freedesktop.Secret.Prompt";
constexpr const char* kProperties = "org.freedesktop.DBus.Properties";

// Also the time in which the bus may have to start the provider.
constexpr std::chrono::milliseconds kAnswerLimit{10000};

Error unexpected_answer(std::string_view to) {
  return {ErrorCode::kStoreUnavailable, "the Secret Service gave an answer to " + std::string(to) + " that is none",
          "see that the program that provides it is up to date", 0};
}

void append_attributes(BusMessage& message, const ItemAttributes& attributes) {
  message.open('a', "{ss}");
  for (const auto& [name, value] : attributes) message.open('e', "ss").text('s', name).text('s', value).close();
  message.close();
}

bool read_attributes(BusMessage& message, ItemAttributes& attributes) {
  if (!message.enter('a', "{ss}")) return false;
  std::string name;
  std::string value;
  while (message.next('e', "ss")) {
    if (!message.read_text('s', name) || !message.read_text('s', value) || !message.leave()) return false;
    attributes.insert_or_assign(name, value);
  }
  return message.leave();
}

void append_paths(BusMessage& message, std::span<const std::string> paths) {
  message.open('a', "o");
  for (const std::string& path : paths) message.text('o', path);
  message.close();
}

bool read_paths(BusMessage& message, std::vector<std::string>& paths) {
  if (!message.enter('a', "o")) return false;
  std::string path;
  while (message.read_text('o', path)) paths.push_back(path);
  return message.leave();
}

// One entry of the answer to GetSecrets: a{o(oayays)}, entered.
bool read_secret(BusMessage& message, std::string& path, Secret& value) {
  return message.read_text('o', path) && message.enter('r', "oayays") && message.skip("oay") &&
         message.read_bytes(value) && message.skip("s") && message.leave() && message.leave();
}

}  // namespace

Result<BusConnection*> SecretServiceCalls::connection() {
  if (!connection_) {
    MCPCRED_TRY(opened, BusConnection::open(environment_));
    connection_ = std::move(opened);
  }
  return connection_.get();
}

Result<BusMessage> SecretServiceCalls::call(const std::string& path, const char* interface, const char* member) {
  MCPCRED_TRY(bus, connection());
  return bus->call(path, interface, member);
}

Result<BusMessage> SecretServiceCalls::exchange_one(BusMessage message) {
  MCPCRED_TRY(bus, connection());
  MCPCRED_TRY(answers, bus->exchange({&message, 1}, kAnswerLimit));
  return std::move(*answers.front());
}

Result<BusMessage> SecretServiceCalls::session_call() {
  MCPCRED_TRY(message, call(kServicePath, kService, "OpenSession"));
  message.text('s', "plain").open('v', "s").text('s', "").close();
  return std::move(message);
}

Result<void> SecretServiceCalls::take_session(BusMessage& answer) {
  if (!answer.skip("v") || !answer.read_text('o', session_)) return Unexpected(unexpected_answer("OpenSession"));
  return {};
}

Result<void> SecretServiceCalls::need_session() {
  if (!session_.empty()) return {};
  MCPCRED_TRY(message, session_call());
  MCPCRED_TRY(answer, exchange_one(std::move(message)));
  return take_session(answer);
}

Result<std::vector<FoundItems>> SecretServiceCalls::search(std::span<const ItemAttributes> queries) {
  std::vector<BusMessage> messages;
  messages.reserve(queries.size() + 1);
  for (const ItemAttributes& query : queries) {
    MCPCRED_TRY(message, call(kServicePath, kService, "SearchItems"));
    append_attributes(message, query);
    messages.push_back(std::move(message));
  }
  if (session_.empty()) {
    MCPCRED_TRY(message, session_call());
    messages.push_back(std::move(message));
  }
  MCPCRED_TRY(bus, connection());
  MCPCRED_TRY(answers, bus->exchange(messages, kAnswerLimit));
  if (session_.empty()) MCPCRED_CHECK(take_session(*answers.back()));
  std::vector<FoundItems> found(queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i)
    if (!read_paths(*answers[i], found[i].unlocked) || !read_paths(*answers[i], found[i].locked))
      return Unexpected(unexpected_answer("SearchItems"));
  return found;
}

Result<std::vector<std::optional<ItemAttributes>>> SecretServiceCalls::attributes(std::span<const std::string> paths) {
  std::vector<BusMessage> messages;
  messages.reserve(paths.size());
  for (const std::string& path : paths) {
    MCPCRED_TRY(message, call(path, kProperties, "Get"));
    message.text('s', kItem).text('s', "Attributes");
    messages.push_back(std::move(message));
  }
  MCPCRED_TRY(bus, connection());
  MCPCRED_TRY(answers, bus->exchange(messages, kAnswerLimit, BusConnection::OnError::kSkipGone));
  std::vector<std::optional<ItemAttributes>> found;
  found.reserve(paths.size());
  for (std::optional<BusMessage>& answer : answers) {
    ItemAttributes attributes;
    if (!answer)
      found.emplace_back(std::nullopt);
    else if (answer->enter('v', "a{ss}") && read_attributes(*answer, attributes))
      found.emplace_back(std::move(attributes));
    else
      return Unexpected(unexpected_answer("Attributes"));
  }
  return found;
}

Result<std::vector<std::optional<Secret>>> SecretServiceCalls::secrets(std::span<const std::string> paths) {
  std::vector<std::optional<Secret>> values(paths.size());
  if (paths.empty()) return values;
  MCPCRED_CHECK(need_session());
  MCPCRED_TRY(message, call(kServicePath, kService, "GetSecrets"));
  append_paths(message, paths);
  message.text('o', session_);
  MCPCRED_TRY(answer, exchange_one(std::move(message)));
  if (!answer.enter('a', "{o(oayays)}")) return Unexpected(unexpected_answer("GetSecrets"));
  while (answer.next('e', "o(oayays)")) {
    std::string path;
    Secret value;
    if (!read_secret(answer, path, value)) return Unexpected(unexpected_answer("GetSecrets"));
    // The same item may have been asked for twice.
    for (std::size_t i = 0; i < paths.size(); ++i)
      if (paths[i] == path) values[i] = value.clone();
  }
  return values;
}

void SecretServiceCalls::append_secret(BusMessage& message, const Secret& value) const {
  const bool text = is_utf8(value.reveal()) && value.reveal().find('\0') == std::string_view::npos;
  message.open('r', "oayays").text('o', session_).bytes("").bytes(value.reveal());
  // What secret-tool prints.
  message.text('s', text ? "text/plain" : "application/octet-stream").close();
}

Result<void> SecretServiceCalls::set_secret(const std::string& path, const Secret& value) {
  MCPCRED_CHECK(need_session());
  MCPCRED_TRY(message, call(path, kItem, "SetSecret"));
  append_secret(message, value);
  MCPCRED_CHECK(exchange_one(std::move(message)));
  return {};
}

Result<std::string> SecretServiceCalls::default_collection() {
  MCPCRED_TRY(message, call(kServicePath, kService, "ReadAlias"));
  message.text('s', "default");
  MCPCRED_TRY(answer, exchange_one(std::move(message)));
  std::string path;
  if (!answer.read_text('o', path)) return Unexpected(unexpected_answer("ReadAlias"));
  if (path == "/") return Unexpected(no_collection_error());
  return path;
}

Result<std::string> SecretServiceCalls::create(const std::string& label, const ItemAttributes& attributes,
                                               const Secret& value) {
  MCPCRED_CHECK(need_session());
  MCPCRED_TRY(collection, default_collection());
  MCPCRED_CHECK(unlock({&collection, 1}));
  MCPCRED_TRY(message, call(collection, kCollection, "CreateItem"));
  message.open('a', "{sv}");
  message.open('e', "sv").text('s', "org.freedesktop.Secret.Item.Label");
  message.open('v', "s").text('s', label).close().close();
  message.open('e', "sv").text('s', "org.freedesktop.Secret.Item.Attributes").open('v', "a{ss}");
  append_attributes(message, attributes);
  message.close().close().close();
  append_secret(message, value);
  // Never "replace": providers replace any item whose attributes include these, another program's too.
  message.boolean(false);
  MCPCRED_TRY(answer, exchange_one(std::move(message)));
  std::string item;
  std::string prompt;
  if (!answer.read_text('o', item) || !answer.read_text('o', prompt))
    return Unexpected(unexpected_answer("CreateItem"));
  if (prompt != "/") MCPCRED_CHECK(finish_prompt(prompt));
  return item == "/" ? std::string() : item;
}

Result<void> SecretServiceCalls::remove(const std::string& path) {
  MCPCRED_TRY(message, call(path, kItem, "Delete"));
  MCPCRED_TRY(answer, exchange_one(std::move(message)));
  std::string prompt;
  if (!answer.read_text('o', prompt)) return Unexpected(unexpected_answer("Delete"));
  return prompt == "/" ? Result<void>() : finish_prompt(prompt);
}

Result<void> SecretServiceCalls::unlock(std::span<const std::string> paths) {
  MCPCRED_TRY(message, call(kServicePath, kService, "Unlock"));
  append_paths(message, paths);
  MCPCRED_TRY(answer, exchange_one(std::move(message)));
  std::vector<std::string> unlocked;
  std::string prompt;
  if (!read_paths(answer, unlocked) || !answer.read_text('o', prompt)) return Unexpected(unexpected_answer("Unlock"));
  return prompt == "/" ? Result<void>() : finish_prompt(prompt);
}

Result<void> SecretServiceCalls::finish_prompt(const std::string& prompt) {
  MCPCRED_TRY(bus, connection());
  if (!may_prompt_) {
    MCPCRED_TRY(dismiss, call(prompt, kPrompt, "Dismiss"));
    bus->send(dismiss);
    return Unexpected(locked_error());
  }
  MCPCRED_TRY(message, call(prompt, kPrompt, "Prompt"));
  message.text('s', "");
  MCPCRED_TRY(completed, bus->call_for_signal(message, prompt, kPrompt, "Completed", kPromptLimit));
  if (!completed) {
    MCPCRED_TRY(dismiss, call(prompt, kPrompt, "Dismiss"));
    bus->send(dismiss);
    return Unexpected(prompt_timeout_error());
  }
  bool dismissed = true;
  if (!completed->read_boolean(dismissed)) return Unexpected(unexpected_answer("Prompt"));
  return dismissed ? Result<void>(Unexpected(dismissed_error())) : Result<void>();
}

}  // namespace mcpcred
