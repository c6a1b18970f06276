#pragma once

#include <map>
#include <string>
#include <string_view>

#include "mcpcred/import.h"

namespace mcpcred::dotenv {

/// What was read so far of a dotenv file: checks names, and what it means that one stands twice.
class Collected {
 public:
  void take(std::string_view name, unsigned line, unsigned last_line, Secret value);
  /// `problem` without place and name.
  void refuse(std::string_view name, unsigned line, unsigned last_line, ImportProblem problem);
  /// Nothing is taken under this name: `line`, which was refused, may have given it another value.
  void hide(std::string_view name, unsigned line);
  /// A comment, from its # to the line's end: one that holds a value is told as what would be lost.
  void pass_over(std::string_view comment, unsigned line);
  ImportedFile file() &&;

 private:
  std::string name_to_show(std::string_view name, unsigned line) const;

  ImportedFile file_;
  std::map<std::string, unsigned, std::less<>> hidden_;  ///< names, with the line
  unsigned unreadable_until_ = 0;                        ///< last line of a stretch that was no pair
};

}  // namespace mcpcred::dotenv
