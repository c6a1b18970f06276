#pragma once

#include <string>

#include "cli/options.h"

namespace mcpcred::cli {

/// "mcpcred store [options] SERVER|VARIABLE"
std::string usage_line(const OptionSet& set);

/// What stands before an option's explanation: "-y, --yes", "--from-env VAR".
std::string option_label(const OptionInfo& info);

/// The text of `mcpcred COMMAND --help`, at most 80 columns wide where no single word is longer.
std::string help_text(const OptionSet& set);

/// `text` in lines of at most `width` columns; lines after the first begin with `indent` spaces.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace mcpcred::cli
