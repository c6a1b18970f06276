#include "mcpcred/clients.h"

#include <algorithm>

#include "clients/descriptor.h"
#include "clients/embedded.h"
#include "platform/fs_path.h"
#include "platform/paths.h"

namespace mcpcred {
namespace {

bool exists(const std::string& path) {
  std::error_code code;
  return std::filesystem::exists(fs_path(path), code);
}

std::string folder_of(const std::string& path) {
  return path.substr(0, path.find_last_of('/'));
}

// Windows' folders where their variables are missing, as in what clients start.
std::string base_folder(const EnvironmentLookup& environment, const std::string& home, const std::string& variable) {
  std::string folder = variable == "USERPROFILE" ? home : environment(variable).value_or("");
  std::replace(folder.begin(), folder.end(), '\\', '/');
  if (!folder.empty()) return folder;
  return home + (variable == "APPDATA" ? "/AppData/Roaming" : "/AppData/Local");
}

struct Place {
  std::string path;
  std::string base;  // the folder that is there whatever was installed
};

// "~/x" and "%APPDATA%/x" as absolute paths.
Place absolute_place(const std::string& path, const EnvironmentLookup& environment, const std::string& home) {
  if (path.starts_with("~/")) return {home + path.substr(1), home};
  const std::size_t end = path.find('%', 1);
  if (!path.starts_with('%') || end == std::string::npos) return {path, {}};
  const std::string base = base_folder(environment, home, path.substr(1, end - 1));
  return {base + path.substr(end + 1), base};
}

// Nullopt: no variable moves the file. An empty path: one does, to where we cannot follow.
std::optional<std::string> moved_config(const ClientInfo& client, const EnvironmentLookup& environment) {
  for (const ConfigOverride& one : client.overrides) {
    std::string value = environment(one.variable).value_or("");
    if (value.empty()) continue;
    if (client_system() == "windows") std::replace(value.begin(), value.end(), '\\', '/');
    if (!is_absolute_path(value)) return std::string();
    while (value.size() > 1 && value.ends_with('/')) value.pop_back();
    constexpr std::string_view kHole = "{value}";
    std::string path = one.path;
    return path.replace(path.find(kHole), kHole.size(), value);
  }
  return std::nullopt;
}

struct Seen {
  std::string config;
  bool config_exists = false;
};

// The first file that is there, else the first whose folder is; nullopt: nothing of this client is.
std::optional<Seen> look_for(const ClientInfo& client, const EnvironmentLookup& environment, const std::string& home) {
  if (const auto moved = moved_config(client, environment)) {
    if (moved->empty()) return std::nullopt;
    if (exists(*moved)) return Seen{*moved, true};
    return exists(folder_of(*moved)) ? std::optional(Seen{*moved, false}) : std::nullopt;
  }
  std::vector<Place> places;
  places.reserve(client.configs.size());
  for (const std::string& config : client.configs) places.push_back(absolute_place(config, environment, home));
  for (const Place& place : places)
    if (exists(place.path)) return Seen{place.path, true};
  for (const Place& place : places)
    if (const std::string folder = folder_of(place.path); folder != place.base && exists(folder))
      return Seen{place.path, false};
  const bool signed_by = std::any_of(client.signs.begin(), client.signs.end(), [&](const std::string& sign) {
    return exists(absolute_place(sign, environment, home).path);
  });
  if (signed_by && !places.empty()) return Seen{places.front().path, false};
  return std::nullopt;
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> client_names() {
  std::vector<std::pair<std::string_view, std::string_view>> names;
  for (const EmbeddedClient& client : embedded_clients()) names.emplace_back(client.id, client.name);
  return names;
}

std::vector<ClientInfo> known_clients() {
  std::vector<ClientInfo> clients;
  for (const EmbeddedClient& client : embedded_clients())
    if (auto read = read_descriptor(client.text, client_system())) clients.push_back(std::move(*read));
  return clients;
}

std::optional<ClientInfo> find_client(std::string_view id) {
  for (const EmbeddedClient& client : embedded_clients()) {
    if (client.id != id) continue;
    if (auto read = read_descriptor(client.text, client_system())) return std::move(*read);
  }
  return std::nullopt;
}

std::optional<std::string> client_config(const ClientInfo& client, const EnvironmentLookup& environment,
                                         const std::string& home) {
  if (const auto seen = look_for(client, environment, home)) return seen->config;
  if (const auto moved = moved_config(client, environment))
    return moved->empty() ? std::nullopt : std::optional(*moved);
  if (client.configs.empty()) return std::nullopt;
  return absolute_place(client.configs.front(), environment, home).path;
}

std::vector<FoundClient> find_clients(const EnvironmentLookup& environment, const std::string& home) {
  std::vector<FoundClient> found;
  for (ClientInfo& client : known_clients())
    if (auto seen = look_for(client, environment, home))
      found.push_back({std::move(client), std::move(seen->config), seen->config_exists});
  return found;
}

}  // namespace mcpcred
