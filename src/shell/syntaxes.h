#pragma once

#include "mcpcred/shell.h"

namespace mcpcred {

// One file a syntax; syntaxes.cpp lists them.
extern const ExportSyntax kShSyntax;
extern const ExportSyntax kBashSyntax;
extern const ExportSyntax kZshSyntax;
extern const ExportSyntax kFishSyntax;
extern const ExportSyntax kPowershellSyntax;
extern const ExportSyntax kNushellSyntax;
extern const ExportSyntax kCmdSyntax;
extern const ExportSyntax kDotenvSyntax;
extern const ExportSyntax kJsonSyntax;
extern const ExportSyntax kGithubActionsSyntax;

/// "NAME":"value" of a JSON object.
void append_json_member(Secret& out, const ExportItem& item, bool first);

/// Any bytes but NUL, which no environment variable can hold.
Result<void> check_any_bytes(std::string_view value);
/// UTF-8 without NUL, for what keeps its variables as text; `who` begins the message.
Result<void> check_text(std::string_view who, std::string_view value);

}  // namespace mcpcred
