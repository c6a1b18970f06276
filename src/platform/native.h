#pragma once

#include <sys/stat.h>

#include <cstdint>

#include "mcpcred/result.h"
#include "platform/paths.h"

// What Linux and macOS do differently, behind one small function each (native_linux.cpp, native_darwin.cpp).
namespace mcpcred {

/// Tries once to lock the open file for this descriptor alone. 0, or -1 and errno (EAGAIN: somebody has it).
int try_lock_descriptor(int descriptor);

/// Forces a file's content, or a folder's entries, onto the disk. 0, or -1 and errno. Never to be repeated.
int sync_descriptor(int descriptor);

/// Time of the last change of the content, nanoseconds since 1970.
std::int64_t modification_time_ns(const struct stat& info);

/// Gives one open file the access list and the extended attributes of another. 0, or -1 and errno.
int copy_attributes(int from, int to);

/// Other processes of this user cannot look into our memory from now on, as far as the system has that.
void deny_inspection();

/// The three folders by the platform's own rules.
Result<Folders> platform_folders(const EnvironmentLookup& environment);

}  // namespace mcpcred
