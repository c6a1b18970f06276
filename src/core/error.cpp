#include "mcpcred/error.h"

#include <array>

namespace mcpcred {
namespace {

// In the order of the enumeration; error_info() indexes it.
constexpr std::array kTable = {
    ErrorInfo{ErrorCode::kUsage, 2, "usage", "The command line is not understood."},
    ErrorInfo{ErrorCode::kInvalidInput, 2, "invalid_input", "A value, name or file given by the user cannot be used."},
    ErrorInfo{ErrorCode::kTooLarge, 2, "too_large", "Something is over a documented limit."},
    ErrorInfo{ErrorCode::kUnknownName, 2, "unknown_name", "No server, store or client has this name."},
    ErrorInfo{ErrorCode::kNotFound, 3, "not_found", "The name is right, but nothing is stored or recorded under it."},
    ErrorInfo{ErrorCode::kLocked, 4, "locked", "The store is locked and nobody could be asked to unlock it."},
    ErrorInfo{ErrorCode::kDenied, 4, "denied", "A passphrase or key was wrong, or a person said no."},
    ErrorInfo{ErrorCode::kRefused, 4, "refused", "Policy or a missing approval forbids it."},
    ErrorInfo{ErrorCode::kUnsafePermissions, 4, "unsafe_permissions",
              "A file or folder of ours can be read or changed by others."},
    ErrorInfo{ErrorCode::kReadOnlyStore, 4, "read_only_store", "This store cannot be written to."},
    ErrorInfo{ErrorCode::kStoreUnavailable, 5, "store_unavailable", "The store cannot be used on this machine now."},
    ErrorInfo{ErrorCode::kIo, 5, "io", "The system refused to read or write a file."},
    ErrorInfo{ErrorCode::kOutputFailed, 5, "output_failed", "Standard output could not be written to."},
    ErrorInfo{ErrorCode::kDurabilityUnknown, 5, "durability_unknown",
              "The change is applied, but the system did not confirm that it is on disk."},
    ErrorInfo{ErrorCode::kConflict, 6, "conflict", "Something is there already, or was changed meanwhile."},
    ErrorInfo{ErrorCode::kBusy, 6, "busy", "Another process holds the lock for too long."},
    ErrorInfo{ErrorCode::kCorrupt, 6, "corrupt", "A file is damaged or not of the expected format."},
    ErrorInfo{ErrorCode::kTampered, 6, "tampered", "A file is well formed, but was not written by us."},
    ErrorInfo{ErrorCode::kRolledBack, 6, "rolled_back", "An older state was put back in place of the newest one."},
    ErrorInfo{ErrorCode::kNewerVersion, 6, "newer_version", "A file was written by a newer mcpcred."},
    ErrorInfo{ErrorCode::kNotExecutable, 126, "not_executable", "`run`: the command is there but cannot be started."},
    ErrorInfo{ErrorCode::kCommandNotFound, 127, "command_not_found", "`run`: there is no such command."},
    ErrorInfo{ErrorCode::kInternal, 70, "internal", "A defect of mcpcred."},
    ErrorInfo{ErrorCode::kInterrupted, 130, "interrupted", "Stopped by the user."},
};

}  // namespace

const ErrorInfo& error_info(ErrorCode code) {
  return kTable[static_cast<std::size_t>(code)];
}

std::span<const ErrorInfo> all_error_codes() {
  return kTable;
}

}  // namespace mcpcred
