#include "shell/syntaxes.h"

#include <array>

namespace mcpcred {

std::span<const ExportSyntax> export_syntaxes() {
  static const std::array all = {kBashSyntax, kZshSyntax, kShSyntax, kCmdSyntax, kDotenvSyntax, kJsonSyntax};
  return all;
}

const ExportSyntax* find_export_syntax(std::string_view name) {
  for (const ExportSyntax& syntax : export_syntaxes())
    if (syntax.name == name) return &syntax;
  return nullptr;
}

Result<Secret> format_export(const ExportSyntax& syntax, std::span<const ExportItem> items) {
  std::size_t size = 64;
  for (const ExportItem& item : items) {
    if (auto fits = syntax.can_hold(item.value->reveal()); !fits) {
      Error error = std::move(fits).error();
      error.message = item.name + ": " + error.message;
      return Unexpected(std::move(error));
    }
    size += item.name.size() + item.value->size() + 16;
  }
  Secret text;
  text.reserve(size);
  text.append(syntax.begin);
  bool first = true;
  for (const ExportItem& item : items) {
    syntax.append(text, item, first);
    first = false;
  }
  text.append(syntax.end);
  return text;
}

}  // namespace mcpcred
