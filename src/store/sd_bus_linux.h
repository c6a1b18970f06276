#pragma once

#include <cstddef>
#include <cstdint>

#include "mcpcred/result.h"

// libsystemd's D-Bus calls, loaded when the Secret Service is first used: the program itself runs without the library.
// Declared here and not by its header, so that a build needs no development package. What they mean: sd-bus(3).
extern "C" {
struct sd_bus;
struct sd_bus_message;
struct sd_bus_slot;
struct sd_bus_error {  // NOLINT(readability-identifier-naming): the library's own name
  const char* name;
  const char* message;
  int need_free;
};
using sd_bus_handler = int (*)(sd_bus_message*, void*, sd_bus_error*);
}

namespace mcpcred {

struct SdBus {
  int (*bus_new)(sd_bus**);
  int (*set_address)(sd_bus*, const char*);
  int (*set_bus_client)(sd_bus*, int);
  int (*start)(sd_bus*);
  sd_bus* (*close_unref)(sd_bus*);
  int (*process)(sd_bus*, sd_bus_message**);
  int (*wait)(sd_bus*, std::uint64_t);
  int (*send)(sd_bus*, sd_bus_message*, std::uint64_t*);
  int (*call_async)(sd_bus*, sd_bus_slot**, sd_bus_message*, sd_bus_handler, void*, std::uint64_t);
  int (*match_signal_async)(sd_bus*, sd_bus_slot**, const char*, const char*, const char*, const char*, sd_bus_handler,
                            sd_bus_handler, void*);
  sd_bus_slot* (*slot_unref)(sd_bus_slot*);
  int (*new_method_call)(sd_bus*, sd_bus_message**, const char*, const char*, const char*, const char*);
  sd_bus_message* (*message_ref)(sd_bus_message*);
  sd_bus_message* (*message_unref)(sd_bus_message*);
  const sd_bus_error* (*message_get_error)(sd_bus_message*);
  int (*append_basic)(sd_bus_message*, char, const void*);
  int (*append_array)(sd_bus_message*, char, const void*, std::size_t);
  int (*open_container)(sd_bus_message*, char, const char*);
  int (*close_container)(sd_bus_message*);
  int (*read_basic)(sd_bus_message*, char, void*);
  int (*read_array)(sd_bus_message*, char, const void**, std::size_t*);
  int (*skip)(sd_bus_message*, const char*);
  int (*enter_container)(sd_bus_message*, char, const char*);
  int (*exit_container)(sd_bus_message*);
  /// Wipes the message when it is freed; nullptr before systemd 246.
  int (*message_sensitive)(sd_bus_message*);
};

/// The calls of libsystemd, or of elogind or basu where there is no systemd. Loaded once and kept.
Result<const SdBus*> load_sd_bus();

}  // namespace mcpcred
