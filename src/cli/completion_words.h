#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"
#include "cli/options.h"

namespace mcpcred::cli {

/// Collects the candidates for one word. Names come from the catalog and the registry; a registry that cannot be read
/// gives none.
class CompletionWords {
 public:
  /// `typed`: how the word begins.
  CompletionWords(Context& context, std::string typed) : context_(context), typed_(std::move(typed)) {}

  /// One candidate. Dropped where it does not begin as typed, where it is there already, and where a shell could read
  /// more in it than a name: some names come from files.
  void add(std::string_view word, std::string_view about);
  /// All words of a kind.
  void add_words(const WordSpec& spec);
  /// From here on candidates stand behind "--option=", which is a part of the word.
  void behind(std::string option);
  /// The shell lists files, folders or programs.
  void leave_to_shell(WordKind kind);

  /// What the script gets.
  std::string text() const;

 private:
  void add_servers();
  void add_stored();
  void add_stores();
  void add_accounts();
  void add_environment();

  Context& context_;
  std::string typed_;
  std::string option_;
  std::vector<std::string> words_;
  std::string text_;
  std::string_view directive_;
};

}  // namespace mcpcred::cli
