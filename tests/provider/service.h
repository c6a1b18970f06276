#pragma once

#include <fstream>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "items.h"
#include "message.h"
#include "options.h"

namespace provider {

/// The Secret Service: sessions, one collection, prompts. Behaves as gnome-keyring 42 was seen to, and as Options say.
class Service {
 public:
  Service(sd_bus* bus, Options options);

  /// False: not for us (another interface, or no method call).
  bool handle(sd_bus_message* call);

 private:
  void log(const std::string& member, const std::string& path, const std::string& rest);
  std::string described(sd_bus_message* call);
  void dispatch(sd_bus_message* call, const std::string& path, const std::string& name);

  void open_session(sd_bus_message* call);
  void search(sd_bus_message* call, bool split_by_lock);
  void unlock(sd_bus_message* call);
  void lock(sd_bus_message* call);
  void get_secrets(sd_bus_message* call);
  void read_alias(sd_bus_message* call);
  void create_item(sd_bus_message* call);
  void prompt(sd_bus_message* call, const std::string& path, bool dismissed);
  void get_secret(sd_bus_message* call, Item& item);
  void set_secret(sd_bus_message* call, Item& item);
  void erase(sd_bus_message* call, const Item& item);
  void get_property(sd_bus_message* call, const std::string& path);
  void get_properties(sd_bus_message* call, const std::string& path);

  using Property = std::function<void(sd_bus_message*)>;
  std::map<std::string, Property> properties_of(const std::string& path, const std::string& interface);

  bool is_collection(const std::string& path) const;
  Item& item_at(const std::string& path);
  void need_session(const std::string& session) const;
  void need_unlocked() const;

  sd_bus* bus_;
  Options options_;
  Items items_;
  bool locked_;
  std::set<std::string> sessions_;
  std::map<std::string, std::vector<std::string>> prompts_;
  unsigned prompt_count_ = 0;
  std::ofstream log_;
};

}  // namespace provider
