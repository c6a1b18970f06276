#include "cli/command.h"
#include "cli/near.h"
#include "cli/target.h"
#include "core/hints.h"

namespace mcpcred::cli {
namespace {

struct DeleteOptions {
  std::string target;
};

Result<int> run_delete(Context& context, const DeleteOptions& options) {
  MCPCRED_TRY(account, context.account());
  MCPCRED_TRY(target, resolve_target(context, options.target));
  MCPCRED_TRY(credentials, context.credentials());
  const std::vector<EntryKey> keys = target.whole_server ? target.server_secrets(account) : target.keys(account);
  MCPCRED_TRY(registry, context.registry());
  MCPCRED_TRY(values, credentials->load_many(*registry, keys));
  std::string names;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (values[i] || registry->find(keys[i]) != nullptr) names += (names.empty() ? "" : ", ") + keys[i].variable();
  if (names.empty())
    return fail(ErrorCode::kNotFound, "nothing of " + target.label() + " is stored",
                (target.whole_server ? "" : near_stored_hint(*registry, keys.front())) + "what is: mcpcred list");
  MCPCRED_TRY(yes, context.confirm("Remove " + names + " from the store?"));
  if (!yes) return fail(ErrorCode::kDenied, "nothing was removed");
  MCPCRED_TRY(removed,
              credentials->erase(keys, target.server ? target.server->id.str() : "", target.server_secrets(account)));
  context.say("removed " + std::to_string(removed.size()) + (removed.size() == 1 ? " credential" : " credentials"));
  // The move that is finished later asks the registry what to remove, which has forgotten these.
  MCPCRED_TRY(store, context.store_name());
  if (!registry->moved_from.empty() && registry->moved_from != *store)
    context.warn("a move that is not finished may have left a copy: mcpcred delete " + options.target +
                 account_option(account.str()) + " --store " + registry->moved_from);
  if (target.server && !target.server->revoke_page.empty())
    context.hint("it still works at the provider until it is revoked: " + target.server->revoke_page);
  return 0;
}

}  // namespace

Action declare_delete(OptionSet& set) {
  auto options = std::make_shared<DeleteOptions>();
  set.positional("SERVER|VARIABLE", options->target, "what to remove", true, WordKind::kStoredWord);
  set.example("mcpcred delete github", "all that is stored for GitHub; revoke it at the provider too");
  return [options](Context& context) { return run_delete(context, *options); };
}

}  // namespace mcpcred::cli
