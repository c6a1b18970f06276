#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "platform/descriptor.h"
#include "platform/file.h"

// Small things that several of the _posix.cpp files need.
namespace mcpcred {

inline Unexpected system_failure(std::string_view what, int number) {
  return Unexpected(system_error(what, number));
}

/// Writes everything, over short writes and signals. False: errno says why, and a part may have been written.
bool write_all(int descriptor, std::string_view bytes);

/// realpath(3); nullopt and errno where that fails.
std::optional<std::string> real_path(const std::string& path);

/// The folder part ("." where there is none) and the last part of a path.
std::string folder_of(const std::string& path);
std::string name_of(const std::string& path);

/// Opens a folder for *at calls and for syncing.
Result<Descriptor> open_folder(const std::string& path);

FileStamp stamp_of(const struct stat& info);

/// "0644"
std::string octal_mode(mode_t mode);

/// `path` as a hint can show it: one word of a shell, nothing that a terminal obeys.
std::string shell_word(const std::string& path);

}  // namespace mcpcred
