#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"

namespace mcpcred {

/// The block that loads what is stored, in the start-up file of a shell ("profile").
enum class BlockState : std::uint8_t {
  kAbsent,
  kOutdated,   ///< there is one with another text
  kInstalled,  ///< there is exactly this one
};

struct ProfileFile {
  std::string path;  ///< as the shell opens it, links unresolved
  BlockState state = BlockState::kAbsent;
};

/// Where a shell's block goes. bash may need two files: one for login shells, one for the others.
struct ProfilePlan {
  std::string shell;  ///< as profile_shells() has it
  std::vector<ProfileFile> files;
  std::string load_now;  ///< what to type in that shell to have the variables at once

  bool installed() const;
};

/// Who asks for the block, and what it is to run.
struct ProfileRequest {
  std::function<std::optional<std::string>(std::string_view)> environment;
  std::string program = "mcpcred";   ///< its name where PATH finds it, else an absolute path
  std::vector<std::string> options;  ///< more words for `export`: --data-dir DIR
};

/// The shells that have a file for it: bash, zsh, fish, powershell, nushell.
std::span<const std::string_view> profile_shells();

/// The name in profile_shells() of a program ("/usr/bin/zsh", "-zsh", "pwsh.exe", "nu"); empty where none is meant.
std::string profile_shell_of(std::string_view program);

/// Where the block goes, and whether it is there; changes nothing. Fails as install_profile_block() would for a shell
/// without such a file (kRefused) and for files that cannot be used.
Result<ProfilePlan> plan_profile_block(std::string_view shell, const ProfileRequest& request);

/// Writes the block, or brings it up to date; files that have exactly this one stay untouched. The plan as it was
/// before. kConflict with the line: a damaged block, and nothing was changed.
Result<ProfilePlan> install_profile_block(std::string_view shell, const ProfileRequest& request);

/// Takes the block out of every file of `shell` that may have one, or of all shells (`shell` empty), so that the bytes
/// are there that were there before it. The files that had one.
Result<std::vector<ProfileFile>> uninstall_profile_block(std::string_view shell, const ProfileRequest& request);

}  // namespace mcpcred
