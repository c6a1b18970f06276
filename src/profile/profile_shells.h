#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/profile.h"

namespace mcpcred {

/// What a block runs: `export --no-prompt --shell …` of this program.
struct BlockCommand {
  std::string program;               ///< a name that PATH finds, or an absolute path
  std::vector<std::string> options;  ///< more words
};

/// One shell's profile; one file a shell (bash.cpp, zsh.cpp, …), listed in profile_shells.cpp.
struct ProfileShell {
  std::string_view name;
  /// The files that get the block.
  Result<std::vector<std::string>> (*files)(const ProfileRequest& request);
  /// Every file that an earlier install may have put it into.
  Result<std::vector<std::string>> (*possible_files)(const ProfileRequest& request);
  /// The lines between the markers, each with its '\n'. @program@ stands for the program, @export@ for the whole
  /// command.
  std::string_view code;
  /// `word` as one word of this shell.
  std::string (*quote)(std::string_view word);
  /// What a person types there to run that file once more; behind a space at its end the file is added.
  std::string_view load;
  /// Whether lines may end in CR LF; elsewhere a CR would be part of a word.
  bool takes_crlf;
  /// The letter at a line's end by which the next line is part of it; '\0': there is none.
  char goes_on = '\0';
};

extern const ProfileShell kBashProfile;
extern const ProfileShell kZshProfile;
extern const ProfileShell kFishProfile;
extern const ProfileShell kPowershellProfile;
extern const ProfileShell kNushellProfile;

std::span<const ProfileShell* const> all_profile_shells();

/// The lines between the markers for this command.
std::string block_code(const ProfileShell& shell, const BlockCommand& command);

/// As POSIX shells read it; plain words stay as they are.
std::string quote_posix(std::string_view word);
/// Whether `word` means itself in every shell here.
bool is_plain_word(std::string_view word);

}  // namespace mcpcred
