#include "mcpcred/store.h"

namespace mcpcred {

Result<void> check_put(const StoreTraits& traits, const Secret& value) {
  if (!traits.writable)
    return fail(ErrorCode::kReadOnlyStore, std::string(traits.title) + " is read-only",
                "choose another store: --store vault");
  if (value.empty())
    return fail(ErrorCode::kInvalidInput, "the value is empty", "to remove a credential: mcpcred delete");
  if (value.size() > traits.max_bytes)
    return fail(ErrorCode::kTooLarge, "the value is longer than " + std::to_string(traits.max_bytes) +
                                          " bytes, the most that " + std::string(traits.title) + " takes");
  return {};
}

}  // namespace mcpcred
