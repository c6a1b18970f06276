#include "store/sd_bus_linux.h"

#include <dlfcn.h>

#include <array>

namespace mcpcred {
namespace {

// False where the library lacks a call that there is no way without.
bool resolve(void* library, SdBus& calls) {
  bool complete = true;
  const auto need = [&]<class Function>(Function& function, const char* name) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    complete = complete && function != nullptr;
  };
  need(calls.bus_new, "sd_bus_new");
  need(calls.set_address, "sd_bus_set_address");
  need(calls.set_bus_client, "sd_bus_set_bus_client");
  need(calls.start, "sd_bus_start");
  need(calls.close_unref, "sd_bus_close_unref");
  need(calls.process, "sd_bus_process");
  need(calls.wait, "sd_bus_wait");
  need(calls.send, "sd_bus_send");
  need(calls.call_async, "sd_bus_call_async");
  need(calls.match_signal_async, "sd_bus_match_signal_async");
  need(calls.slot_unref, "sd_bus_slot_unref");
  need(calls.new_method_call, "sd_bus_message_new_method_call");
  need(calls.message_ref, "sd_bus_message_ref");
  need(calls.message_unref, "sd_bus_message_unref");
  need(calls.message_get_error, "sd_bus_message_get_error");
  need(calls.append_basic, "sd_bus_message_append_basic");
  need(calls.append_array, "sd_bus_message_append_array");
  need(calls.open_container, "sd_bus_message_open_container");
  need(calls.close_container, "sd_bus_message_close_container");
  need(calls.read_basic, "sd_bus_message_read_basic");
  need(calls.read_array, "sd_bus_message_read_array");
  need(calls.skip, "sd_bus_message_skip");
  need(calls.enter_container, "sd_bus_message_enter_container");
  need(calls.exit_container, "sd_bus_message_exit_container");
  calls.message_sensitive =
      reinterpret_cast<decltype(calls.message_sensitive)>(dlsym(library, "sd_bus_message_sensitive"));
  return complete;
}

const SdBus* load() {
  static SdBus calls{};
  for (const char* name : std::array{"libsystemd.so.0", "libelogind.so.0", "libbasu.so.0"}) {
    // Never closed: it may have handlers at the end of the process.
    void* library = dlopen(name, RTLD_LAZY | RTLD_LOCAL);
    if (library != nullptr && resolve(library, calls)) return &calls;
  }
  return nullptr;
}

}  // namespace

Result<const SdBus*> load_sd_bus() {
  static const SdBus* const calls = load();
  if (calls == nullptr)
    return fail(ErrorCode::kStoreUnavailable, "the Secret Service needs libsystemd (or elogind), which is not here",
                "install it, or use an encrypted vault: mcpcred vault init --help");
  return calls;
}

}  // namespace mcpcred
