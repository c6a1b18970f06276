#include "vault/key_file.h"

#include <algorithm>
#include <system_error>

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/fs_path.h"
#include "platform/paths.h"

namespace mcpcred {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxKeyFileBytes = 64 * 1024;

bool is_inside(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

}  // namespace

Result<std::optional<age::Identity>> read_key_file(const std::string& path) {
  const std::string shown = printable(path);
  auto file = read_file(path, kMaxKeyFileBytes, FileCheck::kPrivate);
  if (!file) {
    Error error = std::move(file.error());
    if (error.hint.starts_with("chmod "))  // what nobody else may read need not be written to either
      error.hint = "chmod 400 " + (shown.find_first_of(" '\"\\$`") == std::string::npos ? shown : "FILE");
    return Unexpected(std::move(error));
  }
  if (!*file) return std::optional<age::Identity>();
  auto identity = age::Identity::parse((*file)->bytes.reveal());
  if (!identity) return fail(ErrorCode::kCorrupt, "key file " + shown + ": " + identity.error().message);
  return std::optional<age::Identity>(std::move(*identity));
}

Result<bool> create_key_file(const std::string& path, const Secret& text) {
  const fs::path folder = fs_path(path).parent_path();
  std::error_code ignored;
  if (!fs::exists(folder, ignored)) MCPCRED_CHECK(make_private_dir(text_of(folder)));
  return write_new_file(path, text.reveal(), 0400);
}

Result<void> check_key_file_path(const std::string& path, const std::string& data_dir, bool allow_inside) {
  const bool has_controls =
      std::any_of(path.begin(), path.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (path.empty() || path.size() > 4000 || has_controls || !is_absolute_path(path)) {
    return fail(ErrorCode::kInvalidInput, "a key file needs an absolute path on one line: '" + printable(path) + "'");
  }
  std::error_code unresolved;
  const fs::path resolved = fs::weakly_canonical(fs_path(path), unresolved);
  if (unresolved) {
    return Unexpected(system_error("cannot use key file " + printable(path), unresolved.value()));
  }
  const fs::path folder = fs::weakly_canonical(fs_path(data_dir), unresolved);
  if (!allow_inside && !unresolved && is_inside(resolved, folder)) {
    return fail(ErrorCode::kRefused, "a key file inside the data folder would lie beside the vault it opens",
                "choose another folder, or add --insecure-keyfile: then only the file modes protect the vault");
  }
  return {};
}

}  // namespace mcpcred
