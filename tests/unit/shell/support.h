#pragma once

#include <string>
#include <string_view>

#include "mcpcred/shell.h"

namespace mcpcred::test {

inline const ExportSyntax& syntax(std::string_view name) {
  return *find_export_syntax(name);
}

inline std::string exported(std::string_view name, std::string_view value) {
  const Secret secret = Secret::copy_of(value);
  const ExportItem item{"VALUE", &secret};
  const auto text = format_export(syntax(name), {&item, 1});
  return text ? std::string(text->reveal()) : "refused: " + text.error().message;
}

}  // namespace mcpcred::test
