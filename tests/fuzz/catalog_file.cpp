#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/encoding.h"
#include "mcpcred/catalog.h"

// A user's file of the servers folder: any bytes give an entry or a one-line error that begins with the file's name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto server = mcpcred::parse_catalog_server({reinterpret_cast<const char*>(data), size}, "servers/x.json");
  if (server) {
    if (server->variables.empty() || server->name.empty()) std::abort();
    return 0;
  }
  const std::string& message = server.error().message;
  if (!message.starts_with("servers/x.json:") || mcpcred::printable(message) != message) std::abort();
  return 0;
}
