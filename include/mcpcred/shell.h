#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// One variable on its way into a shell. `value` must outlive the call that it is given to.
struct ExportItem {
  std::string name;  ///< a valid variable name
  const Secret* value = nullptr;
};

/// A syntax that `export` can write.
struct ExportSyntax {
  std::string_view name;  ///< "bash", "dotenv", …
  bool is_shell;          ///< chosen by --shell; else by --format
  /// What a person types, or puts into a profile, to have it.
  std::string_view load_line;
  /// Whether this value can be written so that it is read back byte for byte; the error says why not.
  Result<void> (*can_hold)(std::string_view value);
  /// Appends the code or line for one variable; `first` for the first one.
  void (*append)(Secret& out, const ExportItem& item, bool first);
  std::string_view begin = {};  ///< opens the text
  std::string_view end = {};    ///< closes it
  /// Names that differ in letter case alone are one variable there.
  bool ignores_case = false;
  /// The text goes to the end of the file that this variable names, not to standard output.
  std::string_view file_variable = {};
  /// What standard output gets in its place, before the file is written. False: this value cannot be hidden by it.
  bool (*append_mask)(Secret& out, const ExportItem& item) = nullptr;
};

/// All of them, in the order of the help text.
std::span<const ExportSyntax> export_syntaxes();

/// nullptr where there is none of that name.
const ExportSyntax* find_export_syntax(std::string_view name);

/// The syntax of a shell by the name of its program: "-zsh", "/bin/dash", "pwsh.exe". nullptr for other programs.
const ExportSyntax* find_shell_syntax(std::string_view program);

/// The whole text, or the error of the first variable that the syntax cannot hold: never a part of it.
Result<Secret> format_export(const ExportSyntax& syntax, std::span<const ExportItem> items);

/// True for names whose value runs code or redirects programs (PATH, LD_PRELOAD, NODE_OPTIONS, …).
bool is_dangerous_name(std::string_view name);

}  // namespace mcpcred
