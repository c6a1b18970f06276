#include "cli/commands/import_source.h"

#include "core/encoding.h"
#include "mcpcred/launch.h"

namespace mcpcred::cli {
namespace {

// A dotenv line begins with neither of these.
bool reads_as_json(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

Result<Secret> read_bytes(Context& context, ImportSource& source) {
  if (source.path.empty()) return context.io().read_stdin(kMaxImportBytes);
  auto content = read_file(source.path, kMaxImportBytes, FileCheck::kNone);
  if (!content) {
    if (content.error().code == ErrorCode::kInvalidInput && content.error().hint.empty())
      content.error().hint =
          look_at_source(source.path).is_folder ? "name a file in it" : "pipe it in: mcpcred import - < FILE";
    return Unexpected(std::move(content).error());
  }
  if (!*content)
    return fail(ErrorCode::kNotFound, printable(source.path) + " does not exist", "standard input is called -");
  source.stamp = (*content)->stamp;
  source.facts = look_at_source(source.path);
  return std::move((*content)->bytes);
}

}  // namespace

Result<ImportSource> read_import_source(Context& context, const ImportOptions& options) {
  ImportSource source;
  if (options.file != "-") source.path = options.file;
  if (options.remove && source.path.empty())
    return fail(ErrorCode::kUsage, "standard input cannot be removed", "give the file's name, or leave --remove out");
  MCPCRED_TRY(bytes, read_bytes(context, source));
  if (options.remove && source.facts.is_link)
    return fail(ErrorCode::kInvalidInput,
                printable(source.path) + " is a symbolic link, and --remove would leave the file",
                "name the file that it leads to");
  const bool json = reads_as_json(bytes.reveal());
  if (json && !options.dialect.empty())
    return fail(ErrorCode::kUsage, "--dialect is for dotenv files, and this is JSON", "leave --dialect out");
  MCPCRED_TRY(content, json ? parse_json_variables(bytes.reveal())
                            : parse_dotenv(bytes.reveal(), dialect_from_name(options.dialect)));
  source.content = std::move(content);
  if (source.facts.others_can_read && !options.remove) {
    context.warn(printable(source.path) + " can be read by other users of this machine");
    context.hint(shown_command("chmod", std::vector<std::string>{"600", source.path}));
  }
  return source;
}

Result<void> remove_import_source(Context& context, const ImportSource& source) {
  MCPCRED_TRY(now, stat_file(source.path));
  if (!now || *now != *source.stamp || look_at_source(source.path).is_link)
    return fail(ErrorCode::kConflict, printable(source.path) + " was changed meanwhile, and is not removed",
                "import it once more");
  MCPCRED_TRY(removed, remove_file(source.path));
  context.say("removed " + printable(source.path) +
              "; backups, editors' copies and the disk itself may still hold what was in it");
  if (source.facts.in_git)
    context.warn("it lay in a git work tree: what was ever committed stays in the history; make such tokens anew");
  if (source.facts.names > 1) context.warn("the file has another name (hard link), which still holds it");
  if (source.facts.others_can_read) context.warn("it could be read by other users of this machine");
  return {};
}

}  // namespace mcpcred::cli
