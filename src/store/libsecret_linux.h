#pragma once

#include <cstddef>

#include "mcpcred/result.h"

// libsecret and the little of GLib that its calls need, loaded when they are first used. Declared here and not by their
// headers, so that a build needs no development package. What they mean: libsecret's reference manual.
extern "C" {
struct GHashTable;
struct GList {
  void* data;
  GList* next;
  GList* previous;
};
struct GError {
  unsigned domain;
  int code;
  char* message;
};
struct SecretValue;
}

namespace mcpcred {

struct Libsecret {
  static constexpr int kSearchAll = 1 << 1;
  static constexpr int kSearchUnlock = 1 << 2;
  static constexpr int kOpenSession = 1 << 1;

  GList* (*password_search)(const void* schema, GHashTable*, int flags, void* cancellable, GError**);
  int (*password_store)(const void* schema, GHashTable*, const char* collection, const char* label, SecretValue*,
                        void* cancellable, GError**);
  int (*password_clear)(const void* schema, GHashTable*, void* cancellable, GError**);
  GHashTable* (*item_attributes)(void* item);
  SecretValue* (*item_secret)(void* item, void* cancellable, GError**);
  int (*item_set_secret)(void* item, SecretValue*, void* cancellable, GError**);
  void* (*item_create)(void* collection, const void* schema, GHashTable*, const char* label, SecretValue*, int flags,
                       void* cancellable, GError**);
  int (*item_delete)(void* item, void* cancellable, GError**);
  void* (*service_get)(int flags, void* cancellable, GError**);
  void* (*collection_for_alias)(void* service, const char* alias, int flags, void* cancellable, GError**);
  SecretValue* (*value_new)(const char*, std::ptrdiff_t, const char* content_type);
  const char* (*value_get)(SecretValue*, std::size_t*);
  void (*value_unref)(void*);

  unsigned (*str_hash)(const void*);
  int (*str_equal)(const void*, const void*);
  GHashTable* (*table_new)(unsigned (*)(const void*), int (*)(const void*, const void*));
  int (*table_insert)(GHashTable*, void*, void*);
  void* (*table_lookup)(GHashTable*, const void*);
  unsigned (*table_size)(GHashTable*);
  void (*table_unref)(GHashTable*);
  void (*list_free_full)(GList*, void (*)(void*));
  void (*object_unref)(void*);
  void (*error_free)(GError*);
  void* (*cancellable_new)();
  void (*cancellable_cancel)(void*);
};

/// Loaded once and kept.
Result<const Libsecret*> load_libsecret();

}  // namespace mcpcred
