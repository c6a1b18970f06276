#pragma once

#include <string_view>

#include "cli/facts.h"
#include "cli/target.h"

// What `store`, `import` and `setup` have in common: one server's (or one variable's) way into the store.
namespace mcpcred::cli {

/// A request without values: whose it is, which settings bind it, and how its catalog command is approved.
StoreRequest make_store_request(const Context& context, const Target& target, const AccountName& account);

/// Asks the person about what only a person may settle, stores, and warns of what was found in the values.
Result<StoreOutcome> store_one(Context& context, const Target& target, StoreRequest request);

/// A line for each value: where it is, what kind, when due.
void tell_stored(Context& context, const Target& target, const StoreOutcome& outcome, std::string_view store_title);
/// What to type next for a server whose credential is stored now.
void tell_next_step(Context& context, const Target& target, const StoreOutcome& outcome);

Facts json_of(const StoreOutcome& outcome);

}  // namespace mcpcred::cli
