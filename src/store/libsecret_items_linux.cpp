#include "store/libsecret_items_linux.h"

#include <string_view>

#include "core/encoding.h"
#include "store/secret_service_errors.h"

namespace mcpcred {

LibsecretAttributes::LibsecretAttributes(const Libsecret& calls)
    : calls_(calls), table_(calls.table_new(calls.str_hash, calls.str_equal)) {}

LibsecretAttributes::LibsecretAttributes(const Libsecret& calls, Values& values) : LibsecretAttributes(calls) {
  static char service[] = "service";
  static char account[] = "account";
  calls.table_insert(table_, service, values[0].data());
  calls.table_insert(table_, account, values[1].data());
}

LibsecretLimit::LibsecretLimit(const Libsecret& calls, std::chrono::milliseconds limit)
    : calls_(calls), cancellable_(calls.cancellable_new()) {
  watch_ = std::thread([this, limit] {
    std::unique_lock lock(mutex_);
    if (over_.wait_for(lock, limit, [this] { return done_; })) return;
    expired_ = true;
    calls_.cancellable_cancel(cancellable_);
  });
}

LibsecretLimit::~LibsecretLimit() {
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  over_.notify_all();
  watch_.join();
  calls_.object_unref(cancellable_);
}

Error libsecret_error(const Libsecret& calls, GError* error) {
  // SECRET_ERROR_IS_LOCKED; the domain is a number of this process, its code alone would be ambiguous.
  constexpr int kIsLocked = 2;
  if (error == nullptr) return locked_error();
  Error told{ErrorCode::kStoreUnavailable,
             "libsecret: " + printable(error->message == nullptr ? "no reason given" : error->message),
             {},
             error->code};
  if (error->code == kIsLocked && told.message.find("locked") != std::string::npos) told = locked_error();
  calls.error_free(error);
  return told;
}

bool has_only_our_attributes(const Libsecret& calls, void* item) {
  GHashTable* table = calls.item_attributes(item);
  const auto* schema = static_cast<const char*>(calls.table_lookup(table, "xdg:schema"));
  const bool generic = schema != nullptr && std::string_view(schema) == "org.freedesktop.Secret.Generic";
  const bool exact = calls.table_size(table) == (generic ? 3U : 2U);
  calls.table_unref(table);
  return exact;
}

}  // namespace mcpcred
