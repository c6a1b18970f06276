#include "clients/descriptor.h"

namespace mcpcred {

std::string_view client_system() {
  return "macos";
}

}  // namespace mcpcred
