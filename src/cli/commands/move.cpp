#include "mcpcred/move.h"

#include "cli/command.h"

namespace mcpcred::cli {
namespace {

struct MoveOptions {
  std::string to;
};

std::string credentials_of(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " credential" : " credentials");
}

Result<int> run_move(Context& context, const MoveOptions& options) {
  if (!context.options.store.empty())
    return fail(ErrorCode::kUsage, "move goes from the store in use; --store has no place here",
                "mcpcred move --to " + (options.to.empty() ? "STORE" : options.to));
  if (options.to.empty()) return fail(ErrorCode::kUsage, "move needs to know where to", "mcpcred move --to STORE");
  MCPCRED_TRY(registry, context.registry());
  if (registry->pinned_store.empty())
    return fail(ErrorCode::kNotFound, "nothing is stored yet, so that nothing can be moved",
                "use that store from the start: mcpcred store github --store " + options.to);
  MCPCRED_TRY(to, context.open_store(options.to));
  const bool is_pinned = registry->pinned_store == options.to;
  if (is_pinned && registry->moved_from.empty())
    return fail(ErrorCode::kConflict, options.to + " is the store in use already", "mcpcred list");
  MCPCRED_CHECK(check_put(to->traits(), Secret::copy_of("x")));  // a read-only store is told before a question
  MCPCRED_TRY(from, context.open_store(is_pinned ? registry->moved_from : registry->pinned_store));
  MCPCRED_CHECK(to->available());
  bool passphrase = false;
  if (options.to == "vault") {
    MCPCRED_TRY(vault, context.vault());
    MCPCRED_TRY(has_passphrase, vault->has_passphrase_slot());
    passphrase = has_passphrase;
  }
  std::vector<EntryKey> staying;
  if (!is_pinned) {
    MCPCRED_TRY(outside, context.look_around());
    staying = std::move(outside);
    MCPCRED_TRY(yes, context.confirm("Move all credentials from " + std::string(from->traits().title) + " to " +
                                     std::string(to->traits().title) + "?"));
    if (!yes) return fail(ErrorCode::kDenied, "nothing was moved");
  }
  MCPCRED_TRY(file, context.registry_file());
  context.waiting_for("moving");
  MCPCRED_TRY(outcome, move_all(*file, *from, *to, passphrase));
  if (outcome.finished_earlier)
    context.say("removed the copies that an earlier move left in " + std::string(from->traits().title));
  else
    context.say(credentials_of(outcome.moved.size()) + " moved to " + std::string(to->traits().title) +
                ", which is the store in use now");
  for (const EntryKey& key : staying)
    context.say(key.variable() + " stays in " + std::string(from->traits().title) + ": another program stored it");
  for (const EntryKey& key : outcome.missing)
    context.warn(key.variable() + " had no value in " + std::string(from->traits().title));
  return 0;
}

}  // namespace

Action declare_move(OptionSet& set) {
  auto options = std::make_shared<MoveOptions>();
  set.text("--to", options->to, "STORE", "the store to move to; it is the one in use from then on", WordKind::kStore);
  set.example("mcpcred move --to vault", "copies, reads back, and only then removes");
  return [options](Context& context) { return run_move(context, *options); };
}

}  // namespace mcpcred::cli
