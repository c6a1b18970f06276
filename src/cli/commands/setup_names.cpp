#include "cli/commands/setup.h"
namespace mcpcred::cli {
Result<int> set_up_from_names(Context&, const SetupOptions&) {
  return 70;
}
}  // namespace mcpcred::cli
