#include "shell/syntaxes.h"

// Nushell has no eval: a record is what it takes its variables from, and JSON is the text of one that every version
// reads the same. Nothing in it is code. Its variables are text, and letter case does not tell them apart.
namespace mcpcred {
namespace {

Result<void> can_hold(std::string_view value) {
  return check_text("Nushell", value);
}

}  // namespace

const ExportSyntax kNushellSyntax{
    .name = "nushell",
    .is_shell = true,
    .load_line = "mcpcred export --shell nushell | from json | load-env",
    .can_hold = can_hold,
    .append = append_json_member,
    .begin = "{",
    .end = "}\n",
    .ignores_case = true,
};

}  // namespace mcpcred
