#pragma once

#include <windows.h>

#include <string>

#include "mcpcred/result.h"

// Who may use a file or folder: Windows' answer to owner and mode.
namespace mcpcred {

/// Security attributes for a new file or folder that this user and the system itself may use, whatever the folder above
/// hands down. `inherited`: what is made below gets the same.
class PrivateSecurity {
 public:
  static Result<PrivateSecurity> make(bool inherited);

  PrivateSecurity(PrivateSecurity&& other) noexcept;
  PrivateSecurity& operator=(PrivateSecurity&&) = delete;
  ~PrivateSecurity();

  SECURITY_ATTRIBUTES* attributes() { return &attributes_; }

 private:
  explicit PrivateSecurity(PSECURITY_DESCRIPTOR descriptor);
  SECURITY_ATTRIBUTES attributes_{};
};

/// What others may do with an open file or folder.
struct Access {
  std::string owner;  ///< a foreign owner's SID; empty for this user, the system and administrators
  bool others_read = false;
  bool others_write = false;
};
Result<Access> access_of(HANDLE file, const std::string& shown);

/// The command that takes it from others, for a hint.
std::string take_from_others(const std::string& path);

}  // namespace mcpcred
