#include "store/libsecret_linux.h"

#include <dlfcn.h>

namespace mcpcred {
namespace {

// False where the library lacks a call: password_search came with libsecret 0.19.
bool resolve(void* library, Libsecret& calls) {
  bool complete = true;
  const auto need = [&]<class Function>(Function& function, const char* name) {
    // GLib's calls are found in what libsecret itself has loaded.
    function = reinterpret_cast<Function>(dlsym(library, name));
    complete = complete && function != nullptr;
  };
  need(calls.password_search, "secret_password_searchv_sync");
  need(calls.password_store, "secret_password_storev_binary_sync");
  need(calls.password_clear, "secret_password_clearv_sync");
  need(calls.item_attributes, "secret_retrievable_get_attributes");
  need(calls.item_secret, "secret_retrievable_retrieve_secret_sync");
  need(calls.item_set_secret, "secret_item_set_secret_sync");
  need(calls.item_create, "secret_item_create_sync");
  need(calls.item_delete, "secret_item_delete_sync");
  need(calls.service_get, "secret_service_get_sync");
  need(calls.collection_for_alias, "secret_collection_for_alias_sync");
  need(calls.value_new, "secret_value_new");
  need(calls.value_get, "secret_value_get");
  need(calls.value_unref, "secret_value_unref");
  need(calls.str_hash, "g_str_hash");
  need(calls.str_equal, "g_str_equal");
  need(calls.table_new, "g_hash_table_new");
  need(calls.table_insert, "g_hash_table_insert");
  need(calls.table_lookup, "g_hash_table_lookup");
  need(calls.table_size, "g_hash_table_size");
  need(calls.table_unref, "g_hash_table_unref");
  need(calls.list_free_full, "g_list_free_full");
  need(calls.object_unref, "g_object_unref");
  need(calls.error_free, "g_error_free");
  need(calls.cancellable_new, "g_cancellable_new");
  need(calls.cancellable_cancel, "g_cancellable_cancel");
  return complete;
}

const Libsecret* load() {
  static Libsecret calls{};
  void* library = dlopen("libsecret-1.so.0", RTLD_LAZY | RTLD_LOCAL);
  return library != nullptr && resolve(library, calls) ? &calls : nullptr;
}

}  // namespace

Result<const Libsecret*> load_libsecret() {
  static const Libsecret* const calls = load();
  if (calls == nullptr)
    return fail(ErrorCode::kStoreUnavailable,
                "this way to the Secret Service needs libsecret 0.19 or newer, which is not here",
                "install it, or use an encrypted vault: mcpcred vault init --help");
  return calls;
}

}  // namespace mcpcred
