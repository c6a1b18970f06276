#pragma once

#include <cstdint>
#include <string_view>

namespace mcpcred {

enum class UriPassword : std::uint8_t {
  kPresent,
  kMissing,      ///< none, neither before the host nor in the query
  kPlaceholder,  ///< what examples have in its place: "password", "<…>", "user:pass"
};

/// What stands where `uri` (postgres://, mongodb+srv://, …) has its password.
UriPassword password_of_uri(std::string_view uri);

}  // namespace mcpcred
