#include "catalog/embedded.h"

#include <algorithm>

#include "mcpcred/ids.h"

namespace mcpcred {

const EmbeddedServer* embedded_server(std::string_view id) {
  const auto servers = embedded_servers();
  const auto found =
      std::lower_bound(servers.begin(), servers.end(), id,
                       [](const EmbeddedServer& server, std::string_view key) { return server.id < key; });
  return found != servers.end() && found->id == id ? &*found : nullptr;
}

const EmbeddedServer* embedded_owner(std::string_view variable) {
  for (const EmbeddedServer& server : embedded_servers()) {
    std::string_view rest = server.variables;
    while (!rest.empty()) {
      const std::string_view name = rest.substr(0, rest.find(' '));
      if (name == variable || differs_only_in_case(name, variable)) return &server;
      rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
  }
  return nullptr;
}

}  // namespace mcpcred
