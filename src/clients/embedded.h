#pragma once

#include <span>
#include <string_view>

namespace mcpcred {

/// A descriptor as scripts/cmake/embed_json.cmake wrote it.
struct EmbeddedClient {
  std::string_view id;
  std::string_view name;
  std::string_view text;  ///< the file src/clients/descriptors/<id>.json
};

/// All of them, sorted by id.
std::span<const EmbeddedClient> embedded_clients();

}  // namespace mcpcred
