#include "shell/syntaxes.h"

// fish, from `mcpcred export --shell fish | source`. Inside single quotes only \ and ' mean something, and both are
// written with a backslash; every other byte is itself, also what is no UTF-8.
namespace mcpcred {
namespace {

void append(Secret& out, const ExportItem& item, bool) {
  out.append("set -gx ");
  out.append(item.name);
  out.append(" '");
  std::string_view rest = item.value->reveal();
  while (!rest.empty()) {
    const std::size_t special = rest.find_first_of("\\'");
    out.append(rest.substr(0, special));
    if (special == std::string_view::npos) break;
    out.append("\\");
    out.append(rest.substr(special, 1));
    rest.remove_prefix(special + 1);
  }
  out.append("'\n");
}

}  // namespace

const ExportSyntax kFishSyntax{"fish", true, "mcpcred export --shell fish | source", check_any_bytes, append};

}  // namespace mcpcred
