#include "shell/syntaxes.h"

// POSIX sh, bash and zsh agree inside single quotes: every byte but ' is itself there, newlines and an interactive
// shell's ! included.
namespace mcpcred {
namespace {

Result<void> can_hold(std::string_view value) {
  if (value.find('\0') != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput, "the value has a NUL byte, which no environment variable can hold",
                "read it with mcpcred load");
  return {};
}

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

const ExportSyntax kShSyntax{"sh", true, can_hold, append, {}, {}};
const ExportSyntax kBashSyntax{"bash", true, can_hold, append, {}, {}};
const ExportSyntax kZshSyntax{"zsh", true, can_hold, append, {}, {}};

}  // namespace mcpcred
