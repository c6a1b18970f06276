#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcpcred {

/// Looks up an environment variable; nullopt where it is not set.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view)>;

enum class ConfigFormat : std::uint8_t { kJson, kJsonc, kToml, kYaml };

/// A variable that moves a client's file. Of several the first that is set counts.
struct ConfigOverride {
  std::string variable;  ///< "CLAUDE_CONFIG_DIR"
  std::string path;      ///< "{value}/.claude.json"
};

/// An MCP client whose config file names servers. All of it is data: src/clients/descriptors/<id>.json.
struct ClientInfo {
  std::string id;    ///< "claude-code"
  std::string name;  ///< "Claude Code"
  ConfigFormat format = ConfigFormat::kJson;
  std::string servers_key;  ///< under which the servers stand: "mcpServers"
  /// The user's files on this system, the usual one first, as "~/…" or "%APPDATA%/…"; only those whose place is
  /// confirmed. Empty: this client has none here.
  std::vector<std::string> configs;
  std::vector<ConfigOverride> overrides;
  std::vector<std::string> signs;  ///< folders that are there once this client has run
  std::string after_change;        ///< what to do, or what to expect, after its file was changed
};

/// A client that is on this machine.
struct FoundClient {
  ClientInfo client;
  std::string config;          ///< its file, absolute
  bool config_exists = false;  ///< false: its folder is there, the file is not yet
};

/// Id and display name of every known client, sorted by id; nothing is parsed.
std::vector<std::pair<std::string_view, std::string_view>> client_names();

/// All of them, sorted by id.
std::vector<ClientInfo> known_clients();

/// nullopt where no client has that id.
std::optional<ClientInfo> find_client(std::string_view id);

/// The file where this client looks now, absolute; nullopt where it has none here, or where a variable that is no
/// absolute path moved it.
std::optional<std::string> client_config(const ClientInfo& client, const EnvironmentLookup& environment,
                                         const std::string& home);

/// The known clients that are on this machine: a file or folder of theirs exists. No file is opened.
std::vector<FoundClient> find_clients(const EnvironmentLookup& environment, const std::string& home);

}  // namespace mcpcred
