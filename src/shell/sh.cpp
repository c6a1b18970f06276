#include "shell/syntaxes.h"

// POSIX sh, bash and zsh agree inside single quotes: every byte but ' is itself there, newlines and an interactive
// shell's ! included.
namespace mcpcred {
namespace {

void append(Secret& out, const ExportItem& item, bool) {
  out.append("export ");
  out.append(item.name);
  out.append("='");
  std::string_view rest = item.value->reveal();
  while (!rest.empty()) {
    const std::size_t quote = rest.find('\'');
    out.append(rest.substr(0, quote));
    if (quote == std::string_view::npos) break;
    out.append(R"('\'')");
    rest.remove_prefix(quote + 1);
  }
  out.append("'\n");
}

}  // namespace

const ExportSyntax kShSyntax{"sh", true, "eval \"$(mcpcred export --shell sh)\"", check_any_bytes, append};
const ExportSyntax kBashSyntax{"bash", true, "eval \"$(mcpcred export --shell bash)\"", check_any_bytes, append};
const ExportSyntax kZshSyntax{"zsh", true, "eval \"$(mcpcred export --shell zsh)\"", check_any_bytes, append};

}  // namespace mcpcred
