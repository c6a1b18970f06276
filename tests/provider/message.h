#pragma once

#include <systemd/sd-bus.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "items.h"

// sd-bus messages with owners, and its numbers as exceptions: service.cpp answers them in one place.
namespace provider {

/// Answered to the caller by that name.
class BusError : public std::runtime_error {
 public:
  BusError(std::string name, const std::string& text) : std::runtime_error(text), name_(std::move(name)) {}
  const std::string& name() const { return name_; }

 private:
  std::string name_;
};

int check(int result);

struct Unref {
  void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
using Message = std::unique_ptr<sd_bus_message, Unref>;

Message new_reply(sd_bus_message* call);
void send(const Message& message);

struct Secret {
  std::string session;
  std::string value;
  std::string content_type;
};

/// What Collection.CreateItem is asked for.
struct Creation {
  Attributes attributes;
  std::string label;
  Secret secret;
  bool replace = false;
};

std::string read_text(sd_bus_message* message, char type);
std::vector<std::string> read_paths(sd_bus_message* message);
Attributes read_attributes(sd_bus_message* message);
Secret read_secret(sd_bus_message* message);
Creation read_creation(sd_bus_message* message);

void write_paths(sd_bus_message* message, const std::vector<std::string>& paths);
void write_attributes(sd_bus_message* message, const Attributes& attributes);
void write_secret(sd_bus_message* message, const Secret& secret);

}  // namespace provider
