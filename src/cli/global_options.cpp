#include "cli/command.h"
#include "store/platform_store.h"

namespace mcpcred::cli {

void declare_global(OptionSet& set, GlobalOptions& options) {
  set.group("global options");
  set.text("--store", options.store, "NAME",
           "use this store for this command: " + std::string(platform_store_name()) + ", vault, env", WordKind::kStore);
  set.text("--account", options.account, "NAME", "whose credential it is", WordKind::kAccount);
  set.text("--data-dir", options.data_dir, "DIR", "keep everything below this folder", WordKind::kFolder);
  set.choice("--color", options.color, {"auto", "always", "never"}, "colour on a terminal");
  set.flag("--json", options.json, "facts as JSON on standard output");
  set.flag("-y,--yes", options.yes, "yes to questions about replacing and removing");
  set.flag("--offline", options.offline, "ask no provider");
  set.flag("--quiet", options.quiet, "only results, warnings and errors");
  set.flag("-v,--verbose", options.verbose, "say on standard error what is done");
  set.flag("-h,--help", options.help, "show this text");
}

}  // namespace mcpcred::cli
