#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mcpcred {

/// `.<target>.mcpcred.<pid>.<random>`: the name of a file that is going to take `target`'s place, which nobody can
/// guess. Long targets are cut so that the name stays below 255 bytes.
std::string make_temp_name(std::string_view target, unsigned long pid);

/// The process in such a name; nullopt where the name is not of our pattern.
std::optional<unsigned long> pid_in_temp_name(std::string_view name);

}  // namespace mcpcred
