#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "cli/facts.h"
#include "cli/io.h"
#include "cli/style.h"
#include "mcpcred/error.h"

// The rules of output:
//   data to stdout, everything else to stderr;
//   errors are one line "mcpcred: error: …", each hint one line "mcpcred: hint: …", lower case, no period;
//   whatever came from outside goes through printable();
//   tables are aligned by the widest cell, two spaces between, no trailing spaces, no frame; on a terminal what is too
//   wide for it goes on in the line below, and nothing is cut off;
//   colour only on a terminal (or with --color always) and never the only carrier of a meaning;
//   a terminal that shows no letters outside of ASCII gets none;
//   JSON has "schema": 1 and one final newline.
namespace mcpcred::cli {

/// Prints the error (as JSON on stdout too, where asked for) and returns its exit code.
int report_error(Io& io, const Style& style, const Error& error, bool json);

/// One line "mcpcred: LABEL: text" on stderr, the label in its tone.
void report_line(Io& io, const Style& style, std::string_view label, std::string_view text);

struct Cell {
  // NOLINTBEGIN(google-explicit-constructor): most cells are texts
  Cell(std::string words) : text(std::move(words)) {}
  Cell(const char* words) : text(words) {}
  // NOLINTEND(google-explicit-constructor)
  Cell(std::string words, Tone its_tone) : text(std::move(words)), tone(its_tone) {}

  std::string text;
  Tone tone = Tone::kPlain;
};

/// Rows of cells under a header; empty cells at the end of a row are left out.
class Table {
 public:
  explicit Table(const std::vector<std::string>& header);
  void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
  std::string text(const Style& style = {}) const;

 private:
  std::vector<std::vector<Cell>> rows_;
};

/// {"schema": 1, …the members of `facts`…} on stdout.
Result<void> print_json(Io& io, Facts facts);

/// "12 d", "3 h", "just now"
std::string shown_age(Timestamp then, Timestamp now);
/// "in 78 days", "today", "1 day ago"
std::string shown_due(Date due, Date today);

}  // namespace mcpcred::cli
