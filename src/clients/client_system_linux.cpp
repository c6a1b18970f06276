#include "clients/descriptor.h"

namespace mcpcred {

std::string_view client_system() {
  return "linux";
}

}  // namespace mcpcred
