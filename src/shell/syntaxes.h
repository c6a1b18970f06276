#pragma once

#include "mcpcred/shell.h"

namespace mcpcred {

// One file a syntax; syntaxes.cpp lists them.
extern const ExportSyntax kShSyntax;
extern const ExportSyntax kBashSyntax;
extern const ExportSyntax kZshSyntax;
extern const ExportSyntax kCmdSyntax;
extern const ExportSyntax kDotenvSyntax;
extern const ExportSyntax kJsonSyntax;

}  // namespace mcpcred
