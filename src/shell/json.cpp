#include "core/encoding.h"
#include "shell/syntaxes.h"

// One object, name to value. JSON is text: a value that is no UTF-8 does not fit.
namespace mcpcred {
namespace {

Result<void> can_hold(std::string_view value) {
  if (is_utf8(value)) return {};
  return fail(ErrorCode::kInvalidInput, "JSON cannot hold a value that is no UTF-8", "use --shell sh, or mcpcred load");
}

}  // namespace

void append_json_member(Secret& out, const ExportItem& item, bool first) {
  out.append(first ? "\"" : ",\"");
  out.append(item.name);
  out.append("\":\"");
  append_json_escaped(out, item.value->reveal());
  out.append("\"");
}

const ExportSyntax kJsonSyntax{"json", false, "mcpcred export --format json", can_hold, append_json_member, "{", "}\n"};

}  // namespace mcpcred
