#pragma once

#include <span>
#include <string_view>

namespace mcpcred {

/// A built-in entry, as scripts/cmake/embed_json.cmake wrote it. All but `text` is an index, so that a name can be
/// looked up without parsing JSON.
struct EmbeddedServer {
  std::string_view id;
  std::string_view name;
  bool from_guide;
  std::string_view variables;  ///< secret variables and secret companions, one space between
  std::string_view text;       ///< the file src/catalog/servers/<id>.json
};

/// All of them, sorted by id.
std::span<const EmbeddedServer> embedded_servers();

/// nullptr where none has that id.
const EmbeddedServer* embedded_server(std::string_view id);

/// The entry that declares `variable`, letter case aside; nullptr where none does.
const EmbeddedServer* embedded_owner(std::string_view variable);

}  // namespace mcpcred
