#include "profile/block.h"

namespace mcpcred {
namespace {

constexpr std::string_view kBegin = "# >>> mcpcred >>>";
constexpr std::string_view kEnd = "# <<< mcpcred <<<";
constexpr std::string_view kWhatItIs =
    "# Loads the credentials of `mcpcred list` into a shell that a person uses. To take it out: mcpcred shell "
    "uninstall";
constexpr std::string_view kEndsLine = "# (the line end before this block is part of it)";
constexpr std::string_view kMadeFile = "# (this file was made for this block)";

// A person's editor may have changed line ends or moved the block inwards.
std::string_view trimmed(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\r\n") + 1 - begin);
}

Unexpected damaged(const std::string& shown, std::size_t line, std::string_view what) {
  return fail(ErrorCode::kConflict, shown + ", line " + std::to_string(line) + ": " + std::string(what),
              "remove what is left of it by hand (lines with mcpcred), then do it again");
}

// That of the first line.
std::string_view line_end_of(std::string_view text) {
  const std::size_t newline = text.find('\n');
  return newline != std::string_view::npos && newline > 0 && text[newline - 1] == '\r' ? "\r\n" : "\n";
}

std::string make_block(std::string_view code, const BlockNotes& notes, std::string_view line_end) {
  std::string block;
  const auto add = [&](std::string_view line) { block.append(line).append(line_end); };
  add(kBegin);
  add(kWhatItIs);
  if (notes.ends_line) add(kEndsLine);
  if (notes.made_file) add(kMadeFile);
  while (!code.empty()) {
    const std::size_t newline = code.find('\n');
    add(code.substr(0, newline));
    code.remove_prefix(newline == std::string_view::npos ? code.size() : newline + 1);
  }
  add(kEnd);
  return block;
}

}  // namespace

Result<std::optional<FoundBlock>> find_block(std::string_view text, const std::string& shown) {
  std::optional<FoundBlock> found;
  bool open = false;
  std::size_t number = 0;
  std::size_t first = 0;  // the line that the block begins in
  for (std::size_t at = 0; at < text.size();) {
    ++number;
    const std::size_t newline = text.find('\n', at);
    const std::size_t next = newline == std::string_view::npos ? text.size() : newline + 1;
    const std::string_view line = trimmed(text.substr(at, next - at));
    if (line == kBegin) {
      if (open) return damaged(shown, number, "a block of mcpcred begins within another one");
      if (found) return damaged(shown, number, "there is a second block of mcpcred");
      found = FoundBlock{at, 0, {}};
      first = number;
      open = true;
    } else if (line == kEnd) {
      if (!open) return damaged(shown, number, "a block of mcpcred ends that has no beginning");
      found->end = next;
      open = false;
    } else if (open) {
      found->notes.ends_line = found->notes.ends_line || line == kEndsLine;
      found->notes.made_file = found->notes.made_file || line == kMadeFile;
    }
    at = next;
  }
  if (open) return damaged(shown, first, "a block of mcpcred begins here that has no end");
  return found;
}

Secret with_block(std::string_view text, const std::optional<FoundBlock>& found, bool is_new, std::string_view code,
                  bool takes_crlf) {
  const std::string_view line_end = takes_crlf ? line_end_of(text.substr(found ? found->begin : 0)) : "\n";
  const bool needs_line_end = !text.empty() && !text.ends_with('\n');
  const BlockNotes notes = found ? found->notes : BlockNotes{needs_line_end, is_new};
  Secret changed;
  changed.append(text.substr(0, found ? found->begin : text.size()));
  if (!found && needs_line_end) changed.append(line_end);
  changed.append(make_block(code, notes, line_end));
  if (found) changed.append(text.substr(found->end));
  return changed;
}

Secret without_block(std::string_view text, const FoundBlock& found) {
  std::string_view before = text.substr(0, found.begin);
  const std::string_view after = text.substr(found.end);
  // What was written below the block since then would otherwise join the last line. The line end put before the block
  // is the one that its own lines have: a lone CR at the end of the text is not ours.
  if (found.notes.ends_line && after.empty()) {
    const std::string_view ours = line_end_of(text.substr(found.begin));
    if (before.ends_with(ours)) before.remove_suffix(ours.size());
  }
  Secret rest;
  rest.append(before);
  rest.append(after);
  return rest;
}

}  // namespace mcpcred
