#include "shell/syntaxes.h"

#include <algorithm>
#include <array>

#include "core/encoding.h"

namespace mcpcred {
namespace {

std::string lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

Result<void> check_case(const ExportSyntax& syntax, std::span<const ExportItem> items) {
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (lower_case(items[i].name) == lower_case(items[j].name))
        return fail(ErrorCode::kInvalidInput,
                    items[j].name + " and " + items[i].name + " are one variable in " + std::string(syntax.name),
                    "name the one that is meant: mcpcred export " + items[i].name);
  return {};
}

}  // namespace

Result<void> check_any_bytes(std::string_view value) {
  if (value.find('\0') == std::string_view::npos) return {};
  return fail(ErrorCode::kInvalidInput, "the value has a NUL byte, which no environment variable can hold",
              "read it with mcpcred load");
}

Result<void> check_text(std::string_view who, std::string_view value) {
  MCPCRED_CHECK(check_any_bytes(value));
  if (is_utf8(value)) return {};
  return fail(ErrorCode::kInvalidInput, std::string(who) + " keeps text, and the value is no UTF-8",
              "read it with mcpcred load");
}

std::span<const ExportSyntax> export_syntaxes() {
  static const std::array all = {kBashSyntax,    kZshSyntax, kShSyntax,     kFishSyntax, kPowershellSyntax,
                                 kNushellSyntax, kCmdSyntax, kDotenvSyntax, kJsonSyntax, kGithubActionsSyntax};
  return all;
}

const ExportSyntax* find_export_syntax(std::string_view name) {
  for (const ExportSyntax& syntax : export_syntaxes())
    if (syntax.name == name) return &syntax;
  return nullptr;
}

const ExportSyntax* find_shell_syntax(std::string_view program) {
  constexpr auto kPrograms = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"ash", "sh"}, {"dash", "sh"}, {"ksh", "sh"}, {"mksh", "sh"}, {"nu", "nushell"}, {"pwsh", "powershell"}});
  // A login shell is called with a dash.
  std::string name = lower_case(program.substr(program.find_last_of("/\\") + 1));
  if (name.starts_with('-')) name.erase(0, 1);
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  for (const auto& [shown, syntax] : kPrograms)
    if (name == shown) name = syntax;
  const ExportSyntax* found = find_export_syntax(name);
  return found != nullptr && found->is_shell ? found : nullptr;
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
  if (syntax.ignores_case) MCPCRED_CHECK(check_case(syntax, items));
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
