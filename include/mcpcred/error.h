#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mcpcred {

/// Why an operation failed. Closed: every code has one row in the table of error.cpp, which gives its
/// exit code and the stable name used in JSON output and in docs/error-codes.md.
enum class ErrorCode : std::uint8_t {
  kUsage,
  kInvalidInput,
  kTooLarge,
  kUnknownName,
  kNotFound,
  kLocked,
  kDenied,
  kRefused,
  kUnsafePermissions,
  kReadOnlyStore,
  kStoreUnavailable,
  kIo,
  kOutputFailed,
  kDurabilityUnknown,
  kConflict,
  kBusy,
  kCorrupt,
  kTampered,
  kRolledBack,
  kNewerVersion,
  kNotExecutable,
  kCommandNotFound,
  kInternal,
  kInterrupted,
};

/// A failure as the core reports it. Never carries a secret, in no member.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  ///< one line, lower case, no period; names keys and files, never values
  std::string hint;     ///< what to type next; several hints are separated by '\n'; may be empty
  long native = 0;      ///< errno or the platform's own number, 0 where there is none
};

/// One row of the table of codes.
struct ErrorInfo {
  ErrorCode code;
  int exit_code;             ///< process exit code, as in the README
  std::string_view name;     ///< stable, for scripts ("not_found")
  std::string_view meaning;  ///< one sentence for the documentation
};

/// The row of `code`.
const ErrorInfo& error_info(ErrorCode code);

/// Every row, in the order of the enumeration.
std::span<const ErrorInfo> all_error_codes();

/// An error for a failed system call: the message is `what` followed by the system's own text; ENOSPC, EACCES
/// and the like get their hint. Code kIo unless the number has a better one.
Error system_error(std::string_view what, int number);

}  // namespace mcpcred
