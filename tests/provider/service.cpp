#include "service.h"

#include <stdexcept>

namespace provider {
namespace {

constexpr const char* kRoot = "/org/freedesktop/secrets";
constexpr const char* kCollection = "/org/freedesktop/secrets/collection/test";
constexpr const char* kDefault = "/org/freedesktop/secrets/aliases/default";
constexpr const char* kSchema = "xdg:schema";
constexpr const char* kGeneric = "org.freedesktop.Secret.Generic";

BusError no_object(const std::string& path) {
  return {"org.freedesktop.DBus.Error.UnknownMethod", "there is no object " + path};
}

}  // namespace

Service::Service(sd_bus* bus, Options options)
    : bus_(bus),
      options_(std::move(options)),
      items_(kCollection, options_.paths, options_.state_file),
      locked_(options_.locked) {
  if (!options_.log_file.empty()) {
    log_.open(options_.log_file, std::ios::app);
    if (!log_) throw std::runtime_error("the log cannot be opened");
  }
  auto items = items_.load();
  for (const auto& [attributes, value] : options_.items) {
    items.push_back({"", "test item", attributes, value, "text/plain"});
  }
  if (options_.add_schema) {
    for (auto& item : items) item.attributes.emplace(kSchema, kGeneric);
  }
  items_.add_all(std::move(items));
  items_.save();
}

bool Service::handle(sd_bus_message* call) {
  const char* interface = sd_bus_message_get_interface(call);
  const char* member = sd_bus_message_get_member(call);
  const char* path = sd_bus_message_get_path(call);
  if (sd_bus_message_is_method_call(call, nullptr, nullptr) <= 0 || interface == nullptr) return false;
  std::string name = interface;
  if (name == "org.freedesktop.DBus.Properties") {
    name = "Properties";
  } else if (constexpr std::string_view kOurs = "org.freedesktop.Secret."; name.starts_with(kOurs)) {
    name.erase(0, kOurs.size());
  } else {
    return false;
  }
  try {
    log(member, path, described(call));
    if (options_.hang.contains(member)) return true;
    if (options_.deny.contains(member)) throw BusError(options_.error, "refused by the test");
    dispatch(call, path, name + "." + member);
  } catch (const BusError& error) {
    const sd_bus_error answer = SD_BUS_ERROR_MAKE_CONST(error.name().c_str(), error.what());
    sd_bus_reply_method_error(call, &answer);
  }
  return true;
}

void Service::dispatch(sd_bus_message* call, const std::string& path, const std::string& name) {
  const bool root = path == kRoot;
  if (name == "Properties.Get") {
    get_property(call, path);
  } else if (name == "Properties.GetAll") {
    get_properties(call, path);
  } else if (root && name == "Service.OpenSession") {
    open_session(call);
  } else if (root && name == "Service.SearchItems") {
    search(call, true);
  } else if (root && name == "Service.Unlock") {
    unlock(call);
  } else if (root && name == "Service.Lock") {
    lock(call);
  } else if (root && name == "Service.GetSecrets") {
    get_secrets(call);
  } else if (root && name == "Service.ReadAlias") {
    read_alias(call);
  } else if (is_collection(path) && name == "Collection.SearchItems") {
    search(call, false);
  } else if (is_collection(path) && name == "Collection.CreateItem") {
    create_item(call);
  } else if (name == "Prompt.Prompt") {
    prompt(call, path, options_.dismiss);
  } else if (name == "Prompt.Dismiss") {
    prompt(call, path, true);
  } else if (name == "Item.GetSecret") {
    get_secret(call, item_at(path));
  } else if (name == "Item.SetSecret") {
    set_secret(call, item_at(path));
  } else if (name == "Item.Delete") {
    erase(call, item_at(path));
  } else if (name == "Session.Close" && sessions_.erase(path) > 0) {
    send(new_reply(call));
  } else {
    throw BusError("org.freedesktop.DBus.Error.UnknownMethod", "no " + name + " at " + path);
  }
}

void Service::open_session(sd_bus_message* call) {
  const auto algorithm = read_text(call, 's');
  if (algorithm != "plain") throw BusError("org.freedesktop.DBus.Error.NotSupported", "only plain sessions");
  const auto session = kRoot + ("/session/s" + std::to_string(sessions_.size() + 1));
  sessions_.insert(session);
  auto reply = new_reply(call);
  check(sd_bus_message_append(reply.get(), "vo", "s", "", session.c_str()));
  send(reply);
}

void Service::search(sd_bus_message* call, bool split_by_lock) {
  std::vector<std::string> found;
  for (const auto* item : items_.search(read_attributes(call))) found.push_back(item->path);
  auto reply = new_reply(call);
  if (split_by_lock) {
    write_paths(reply.get(), locked_ ? std::vector<std::string>() : found);
    if (!locked_) found.clear();
  }
  write_paths(reply.get(), found);
  send(reply);
}

void Service::unlock(sd_bus_message* call) {
  auto objects = read_paths(call);
  auto reply = new_reply(call);
  if (locked_) {
    const auto path = kRoot + ("/prompt/u" + std::to_string(++prompt_count_));
    prompts_[path] = std::move(objects);
    write_paths(reply.get(), {});
    check(sd_bus_message_append(reply.get(), "o", path.c_str()));
  } else {
    write_paths(reply.get(), objects);
    check(sd_bus_message_append(reply.get(), "o", "/"));
  }
  send(reply);
}

void Service::lock(sd_bus_message* call) {
  const auto objects = read_paths(call);
  locked_ = true;
  auto reply = new_reply(call);
  write_paths(reply.get(), objects);
  check(sd_bus_message_append(reply.get(), "o", "/"));
  send(reply);
}

// The answer comes first, then the signal, and to the caller alone: a client must be listening before it calls.
void Service::prompt(sd_bus_message* call, const std::string& path, bool dismissed) {
  const auto found = prompts_.find(path);
  if (found == prompts_.end()) throw no_object(path);
  send(new_reply(call));
  if (!options_.answer_prompt && sd_bus_message_is_method_call(call, nullptr, "Prompt") > 0) return;
  if (!dismissed) locked_ = false;
  sd_bus_message* raw = nullptr;
  check(sd_bus_message_new_signal(bus_, &raw, path.c_str(), "org.freedesktop.Secret.Prompt", "Completed"));
  const Message signal(raw);
  check(sd_bus_message_set_destination(raw, sd_bus_message_get_sender(call)));
  check(sd_bus_message_append(raw, "b", static_cast<int>(dismissed)));
  check(sd_bus_message_open_container(raw, 'v', "ao"));
  write_paths(raw, dismissed ? std::vector<std::string>() : found->second);
  check(sd_bus_message_close_container(raw));
  prompts_.erase(found);
  send(signal);
}

// What is locked or not there is left out without a word.
void Service::get_secrets(sd_bus_message* call) {
  const auto paths = read_paths(call);
  const auto session = read_text(call, 'o');
  need_session(session);
  auto reply = new_reply(call);
  check(sd_bus_message_open_container(reply.get(), 'a', "{o(oayays)}"));
  for (const auto& path : std::set<std::string>(paths.begin(), paths.end())) {
    const auto* item = items_.find(path);
    if (item == nullptr || locked_) continue;
    check(sd_bus_message_open_container(reply.get(), 'e', "o(oayays)"));
    check(sd_bus_message_append(reply.get(), "o", path.c_str()));
    write_secret(reply.get(), {session, item->secret, item->content_type});
    check(sd_bus_message_close_container(reply.get()));
  }
  check(sd_bus_message_close_container(reply.get()));
  send(reply);
}

void Service::read_alias(sd_bus_message* call) {
  const bool known = read_text(call, 's') == "default" && options_.has_default;
  auto reply = new_reply(call);
  check(sd_bus_message_append(reply.get(), "o", known ? kCollection : "/"));
  send(reply);
}

// With replace, the first item that has the given attributes is taken over, whatever else it has: another program's
// too. Without, there is always a new one.
void Service::create_item(sd_bus_message* call) {
  auto [attributes, label, secret, replace] = read_creation(call);
  need_session(secret.session);
  if (secret.value == options_.spoil && !secret.value.empty()) secret.value.pop_back();
  need_unlocked();
  const auto same = items_.search(attributes);
  Item made{"", std::move(label), std::move(attributes), std::move(secret.value), std::move(secret.content_type)};
  if (options_.add_schema) made.attributes.emplace(kSchema, kGeneric);
  Item* item = nullptr;
  if (replace && !same.empty()) {
    item = same.front();
    made.path = item->path;
    *item = std::move(made);
  } else {
    item = &items_.add(std::move(made));
  }
  items_.save();
  auto reply = new_reply(call);
  check(sd_bus_message_append(reply.get(), "oo", item->path.c_str(), "/"));
  send(reply);
}

void Service::get_secret(sd_bus_message* call, Item& item) {
  const auto session = read_text(call, 'o');
  need_session(session);
  need_unlocked();
  auto reply = new_reply(call);
  write_secret(reply.get(), {session, item.secret, item.content_type});
  send(reply);
}

void Service::set_secret(sd_bus_message* call, Item& item) {
  auto secret = read_secret(call);
  need_session(secret.session);
  if (secret.value == options_.spoil && !secret.value.empty()) secret.value.pop_back();
  need_unlocked();
  item.secret = std::move(secret.value);
  item.content_type = std::move(secret.content_type);
  items_.save();
  send(new_reply(call));
}

void Service::erase(sd_bus_message* call, const Item& item) {
  need_unlocked();
  items_.erase(std::string(item.path));
  items_.save();
  auto reply = new_reply(call);
  check(sd_bus_message_append(reply.get(), "o", "/"));
  send(reply);
}

bool Service::is_collection(const std::string& path) const {
  return path == kCollection || (path == kDefault && options_.has_default);
}

Item& Service::item_at(const std::string& path) {
  auto* item = items_.find(path);
  if (item == nullptr) throw no_object(path);
  return *item;
}

void Service::need_session(const std::string& session) const {
  if (!sessions_.contains(session)) throw BusError("org.freedesktop.Secret.Error.NoSession", "no such session");
}

void Service::need_unlocked() const {
  if (locked_) throw BusError("org.freedesktop.Secret.Error.IsLocked", "the collection is locked");
}

}  // namespace provider
