#include "vault/slots.h"

#include "core/encoding.h"
#include "platform/file.h"
#include "platform/paths.h"
#include "vault/age_file.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxSlotBytes = 64 * 1024;

Unexpected wrong_passphrase() {
  return fail(ErrorCode::kDenied, "the passphrase does not open the vault");
}

}  // namespace

Result<void> check_passphrase_text(const Secret& passphrase) {
  if (passphrase.empty()) return fail(ErrorCode::kInvalidInput, "the passphrase is empty");
  if (passphrase.size() > kMaxPassphraseBytes) {
    return fail(ErrorCode::kTooLarge,
                "the passphrase is longer than " + std::to_string(kMaxPassphraseBytes) + " bytes");
  }
  if (passphrase.reveal().find('\n') != std::string_view::npos) {
    return fail(ErrorCode::kInvalidInput, "a passphrase is one line");
  }
  return {};
}

/// False where there is no folder yet.
Result<bool> Slots::ready() const {
  return check_private_dir(folder_);
}

Result<std::optional<std::string>> Slots::key_file() const {
  MCPCRED_TRY(there, ready());
  if (!there) return std::optional<std::string>();
  MCPCRED_TRY(file, read_file(key_file_path(), kMaxSlotBytes, FileCheck::kPrivate));
  if (!file) return std::optional<std::string>();
  std::string path(file->bytes.reveal());
  if (!path.ends_with('\n') || path.find('\n') != path.size() - 1 || !is_absolute_path(path)) {
    return fail(ErrorCode::kCorrupt, "bad key-file slot " + printable(key_file_path()),
                "remove that file and add the slot anew");
  }
  path.pop_back();
  return std::optional<std::string>(std::move(path));
}

Result<bool> Slots::has_passphrase() const {
  MCPCRED_TRY(there, ready());
  if (!there) return false;
  MCPCRED_TRY(stamp, stat_file(passphrase_path()));
  return stamp.has_value();
}

Result<age::Identity> Slots::open_passphrase(const Secret& passphrase) const {
  MCPCRED_CHECK(check_passphrase_text(passphrase));
  MCPCRED_TRY(there, ready());
  if (!there) return wrong_passphrase();
  MCPCRED_TRY(file, read_file(passphrase_path(), kMaxSlotBytes, FileCheck::kPrivate));
  if (!file) return wrong_passphrase();
  auto text = age::decrypt_with_passphrase(file->bytes.reveal(), passphrase);
  if (!text) {
    if (text.error().code == ErrorCode::kDenied) return wrong_passphrase();
    Error error = std::move(text.error());
    error.message = "passphrase slot " + printable(passphrase_path()) + ": " + error.message;
    return Unexpected(std::move(error));
  }
  return age::Identity::parse(text->view());
}

Result<void> Slots::write(const std::string& path, std::string_view bytes) const {
  MCPCRED_CHECK(make_private_dir(folder_));
  MCPCRED_TRY(there, ready());
  if (!there) return fail(ErrorCode::kIo, "the folder " + printable(folder_) + " vanished");
  remove_stale_temps(folder_);
  MCPCRED_CHECK(replace_file(path, bytes));
  MCPCRED_TRY(file, read_file(path, kMaxSlotBytes, FileCheck::kPrivate));
  if (!file || file->bytes.reveal() != bytes) {
    return fail(ErrorCode::kIo, "the file " + printable(path) + " does not read back as written");
  }
  return {};
}

Result<void> Slots::write_passphrase(const age::Identity& identity, std::string_view vault_id, const Secret& passphrase,
                                     unsigned work_factor) const {
  MCPCRED_CHECK(check_passphrase_text(passphrase));
  const Secret text = identity.to_text(vault_id);
  MCPCRED_TRY(file, age::encrypt_with_passphrase(text.reveal(), passphrase, work_factor));
  MCPCRED_TRY(opened, age::decrypt_with_passphrase(file, passphrase));
  if (opened.view() != text.reveal()) return fail(ErrorCode::kInternal, "the new passphrase slot does not open");
  return write(passphrase_path(), file);
}

Result<void> Slots::write_key_file(const std::string& path) const {
  return write(key_file_path(), path + '\n');
}

Result<bool> Slots::remove_passphrase() const {
  MCPCRED_TRY(there, ready());
  if (!there) return false;
  return remove_file(passphrase_path());
}

Result<bool> Slots::remove_key_file() const {
  MCPCRED_TRY(there, ready());
  if (!there) return false;
  return remove_file(key_file_path());
}

}  // namespace mcpcred
