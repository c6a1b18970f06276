#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "cli/facts.h"
#include "cli/io.h"
#include "mcpcred/error.h"

// The rules of output:
//   data to stdout, everything else to stderr;
//   errors are one line "mcpcred: error: …", each hint one line "mcpcred: hint: …", lower case, no period;
//   whatever came from outside goes through printable();
//   tables are aligned by the widest cell, two spaces between, no trailing spaces, no frame;
//   colour only on a terminal and never the only carrier of a meaning;
//   JSON has "schema": 1 and one final newline.
namespace mcpcred::cli {

/// Prints the error (as JSON on stdout too, where asked for) and returns its exit code.
int report_error(Io& io, const Error& error, bool json);

/// Rows of cells under a header; empty cells at the end of a row are left out.
class Table {
 public:
  explicit Table(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// {"schema": 1, …the members of `facts`…} on stdout.
Result<void> print_json(Io& io, Facts facts);

/// "12 d", "3 h", "just now"
std::string shown_age(Timestamp then, Timestamp now);
/// "in 78 days", "today", "1 day ago"
std::string shown_due(Date due, Date today);

}  // namespace mcpcred::cli
