#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"
#include "vault/identity.h"

namespace mcpcred {

/// The identity in a key file; nullopt where there is no such file. A link of this user's is
/// followed; what it leads to must be a regular file of this user that nobody else may read (kUnsafePermissions).
/// Errors name the file.
Result<std::optional<age::Identity>> read_key_file(const std::string& path);

/// Makes a key file with mode 0400, and its folder with 0700 where that is missing. False: `path` exists already and is
/// as it was. The file appears whole or not at all.
Result<bool> create_key_file(const std::string& path, const Secret& text);

/// A key file's path is absolute, on one line, and outside of `data_dir` unless that is allowed (kRefused): a key
/// beside the vault protects nothing that the file modes do not.
Result<void> check_key_file_path(const std::string& path, const std::string& data_dir, bool allow_inside);

/// Writes and syncs a new file at `path` for this user alone; false where something is there. Nothing half-written is
/// ever seen under that name. One implementation a platform.
Result<bool> write_new_file(const std::string& path, std::string_view bytes, unsigned mode);

}  // namespace mcpcred
