#include "message.h"

#include <cstring>

namespace provider {
namespace {

std::string read_bytes(sd_bus_message* message) {
  const void* data = nullptr;
  std::size_t size = 0;
  check(sd_bus_message_read_array(message, 'y', &data, &size));
  return size == 0 ? std::string() : std::string(static_cast<const char*>(data), size);
}

}  // namespace

int check(int result) {
  if (result < 0) throw BusError("org.freedesktop.DBus.Error.InvalidArgs", std::strerror(-result));
  return result;
}

Message new_reply(sd_bus_message* call) {
  sd_bus_message* reply = nullptr;
  check(sd_bus_message_new_method_return(call, &reply));
  return Message(reply);
}

void send(const Message& message) {
  check(sd_bus_send(nullptr, message.get(), nullptr));
}

std::string read_text(sd_bus_message* message, char type) {
  const char* text = nullptr;
  check(sd_bus_message_read_basic(message, type, static_cast<void*>(&text)));
  return text;
}

std::vector<std::string> read_paths(sd_bus_message* message) {
  std::vector<std::string> paths;
  check(sd_bus_message_enter_container(message, 'a', "o"));
  const char* path = nullptr;
  while (check(sd_bus_message_read_basic(message, 'o', static_cast<void*>(&path))) > 0) paths.emplace_back(path);
  check(sd_bus_message_exit_container(message));
  return paths;
}

Attributes read_attributes(sd_bus_message* message) {
  Attributes attributes;
  check(sd_bus_message_enter_container(message, 'a', "{ss}"));
  const char* name = nullptr;
  const char* text = nullptr;
  while (check(sd_bus_message_read(message, "{ss}", &name, &text)) > 0) attributes[name] = text;
  check(sd_bus_message_exit_container(message));
  return attributes;
}

Secret read_secret(sd_bus_message* message) {
  check(sd_bus_message_enter_container(message, 'r', "oayays"));
  Secret secret;
  secret.session = read_text(message, 'o');
  read_bytes(message);
  secret.value = read_bytes(message);
  secret.content_type = read_text(message, 's');
  check(sd_bus_message_exit_container(message));
  return secret;
}

Creation read_creation(sd_bus_message* message) {
  Creation made;
  check(sd_bus_message_enter_container(message, 'a', "{sv}"));
  while (check(sd_bus_message_enter_container(message, 'e', "sv")) > 0) {
    const auto name = read_text(message, 's');
    if (name == "org.freedesktop.Secret.Item.Attributes") {
      check(sd_bus_message_enter_container(message, 'v', "a{ss}"));
      made.attributes = read_attributes(message);
      check(sd_bus_message_exit_container(message));
    } else if (name == "org.freedesktop.Secret.Item.Label") {
      check(sd_bus_message_enter_container(message, 'v', "s"));
      made.label = read_text(message, 's');
      check(sd_bus_message_exit_container(message));
    } else {
      check(sd_bus_message_skip(message, "v"));
    }
    check(sd_bus_message_exit_container(message));
  }
  check(sd_bus_message_exit_container(message));
  made.secret = read_secret(message);
  int replace = 0;
  check(sd_bus_message_read(message, "b", &replace));
  made.replace = replace != 0;
  return made;
}

void write_paths(sd_bus_message* message, const std::vector<std::string>& paths) {
  check(sd_bus_message_open_container(message, 'a', "o"));
  for (const auto& path : paths) check(sd_bus_message_append(message, "o", path.c_str()));
  check(sd_bus_message_close_container(message));
}

void write_attributes(sd_bus_message* message, const Attributes& attributes) {
  check(sd_bus_message_open_container(message, 'a', "{ss}"));
  for (const auto& [name, text] : attributes) {
    check(sd_bus_message_append(message, "{ss}", name.c_str(), text.c_str()));
  }
  check(sd_bus_message_close_container(message));
}

void write_secret(sd_bus_message* message, const Secret& secret) {
  check(sd_bus_message_open_container(message, 'r', "oayays"));
  check(sd_bus_message_append(message, "o", secret.session.c_str()));
  check(sd_bus_message_append_array(message, 'y', nullptr, 0));
  check(sd_bus_message_append_array(message, 'y', secret.value.data(), secret.value.size()));
  check(sd_bus_message_append(message, "s", secret.content_type.c_str()));
  check(sd_bus_message_close_container(message));
}

}  // namespace provider
