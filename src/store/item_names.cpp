#include "store/item_names.h"

namespace mcpcred {

Result<std::string> item_account(const EntryKey& key, std::string_view login) {
  if (key.account() == "default") return std::string(login);
  if (key.account() == login)
    return fail(ErrorCode::kInvalidInput,
                "the account " + key.account() + " has the name of your login, which is the default account here",
                "leave --account out, or choose another name");
  return key.account();
}

std::optional<EntryKey> key_of_item(std::string_view service, std::string_view account, std::string_view login) {
  // An item that says "default" is somebody else's: ours of that account carry the login name.
  if (account == "default" && account != login) return std::nullopt;
  auto key = EntryKey::from_stored(service, account == login ? "default" : account);
  if (!key) return std::nullopt;
  return std::move(*key);
}

}  // namespace mcpcred
