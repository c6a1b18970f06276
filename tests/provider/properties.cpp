// Properties of the service's objects, and what the log says of a call.
#include "service.h"

namespace provider {
namespace {

// On one line, whatever is in it.
std::string one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    if (c == '\n') {
      line += "\\n";
    } else {
      line += c;
    }
  }
  return line;
}

std::string listed(const Attributes& attributes) {
  std::string text;
  for (const auto& [name, value] : attributes) text += (text.empty() ? "" : " ") + name + "=" + one_line(value);
  return text;
}

// Of a shape like gnome-keyring's, and as useless to who looks for an exact match; not its hash.
Attributes hashed(const Attributes& attributes) {
  Attributes hidden;
  for (const auto& [name, text] : attributes) {
    const auto number = std::to_string(std::hash<std::string>()(text));
    hidden["gkr:compat:hashed:" + name] = std::string(32 - std::min<std::size_t>(number.size(), 32), '0') + number;
  }
  return hidden;
}

}  // namespace

void Service::log(const std::string& member, const std::string& path, const std::string& rest) {
  if (!log_.is_open()) return;
  log_ << member << ' ' << path << (rest.empty() ? "" : " ") << rest << std::endl;
}

// What the call names, read ahead and rewound.
std::string Service::described(sd_bus_message* call) {
  const std::string signature = sd_bus_message_get_signature(call, 1);
  std::string text;
  if (signature == "a{ss}") {
    text = listed(read_attributes(call));
  } else if (signature == "ao" || signature == "aoo") {
    for (const auto& path : read_paths(call)) text += (text.empty() ? "" : " ") + path;
  } else if (signature == "ss") {
    const auto interface = read_text(call, 's');
    text = interface.substr(interface.rfind('.') + 1) + "." + read_text(call, 's');
  } else if (signature == "a{sv}(oayays)b") {
    const auto made = read_creation(call);
    text = (made.replace ? "replace=true " : "replace=false ") + listed(made.attributes);
  } else if (signature == "s" || signature == "sv") {
    text = one_line(read_text(call, 's'));
  }
  check(sd_bus_message_rewind(call, 1));
  return text;
}

std::map<std::string, Service::Property> Service::properties_of(const std::string& path, const std::string& interface) {
  const auto text = [](const std::string& value) -> Property {
    return [value](sd_bus_message* reply) { check(sd_bus_message_append(reply, "v", "s", value.c_str())); };
  };
  const auto boolean = [](bool value) -> Property {
    return [value](sd_bus_message* reply) { check(sd_bus_message_append(reply, "v", "b", static_cast<int>(value))); };
  };
  const auto number = [](sd_bus_message* reply) { check(sd_bus_message_append(reply, "v", "t", std::uint64_t{1})); };
  const auto paths = [](const std::vector<std::string>& value) -> Property {
    return [value](sd_bus_message* reply) {
      check(sd_bus_message_open_container(reply, 'v', "ao"));
      write_paths(reply, value);
      check(sd_bus_message_close_container(reply));
    };
  };
  if (interface == "org.freedesktop.Secret.Service" && path == "/org/freedesktop/secrets") {
    return {{"Collections", paths({"/org/freedesktop/secrets/collection/test"})}};
  }
  if (interface == "org.freedesktop.Secret.Collection" && is_collection(path)) {
    std::vector<std::string> all;
    for (const auto& item : items_.all()) all.push_back(item.path);
    return {{"Items", paths(all)},
            {"Label", text("test")},
            {"Locked", boolean(locked_)},
            {"Created", number},
            {"Modified", number}};
  }
  if (interface == "org.freedesktop.Secret.Item") {
    const auto& item = item_at(path);
    const auto attributes = locked_ && options_.hide_attributes ? hashed(item.attributes) : item.attributes;
    const auto write = [attributes](sd_bus_message* reply) {
      check(sd_bus_message_open_container(reply, 'v', "a{ss}"));
      write_attributes(reply, attributes);
      check(sd_bus_message_close_container(reply));
    };
    return {{"Locked", boolean(locked_)},
            {"Attributes", write},
            {"Label", text(item.label)},
            {"Created", number},
            {"Modified", number}};
  }
  throw BusError("org.freedesktop.DBus.Error.UnknownMethod", "no " + interface + " at " + path);
}

void Service::get_property(sd_bus_message* call, const std::string& path) {
  const auto interface = read_text(call, 's');
  const auto properties = properties_of(path, interface);
  const auto found = properties.find(read_text(call, 's'));
  if (found == properties.end()) throw BusError("org.freedesktop.DBus.Error.UnknownProperty", "no such property");
  auto reply = new_reply(call);
  found->second(reply.get());
  send(reply);
}

void Service::get_properties(sd_bus_message* call, const std::string& path) {
  const auto properties = properties_of(path, read_text(call, 's'));
  auto reply = new_reply(call);
  check(sd_bus_message_open_container(reply.get(), 'a', "{sv}"));
  for (const auto& [name, write] : properties) {
    check(sd_bus_message_open_container(reply.get(), 'e', "sv"));
    check(sd_bus_message_append(reply.get(), "s", name.c_str()));
    write(reply.get());
    check(sd_bus_message_close_container(reply.get()));
  }
  check(sd_bus_message_close_container(reply.get()));
  send(reply);
}

}  // namespace provider
