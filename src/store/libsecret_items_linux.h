#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "mcpcred/ids.h"
#include "store/libsecret_linux.h"

// Owners of what libsecret and GLib hand out.
namespace mcpcred {

/// A search's answer: items, unreferenced with it.
class LibsecretItems {
 public:
  LibsecretItems(const Libsecret& calls, GList* list) : calls_(&calls), list_(list) {}
  LibsecretItems(LibsecretItems&& other) noexcept : calls_(other.calls_), list_(std::exchange(other.list_, nullptr)) {}
  LibsecretItems& operator=(LibsecretItems&&) = delete;
  ~LibsecretItems() {
    if (list_ != nullptr) calls_->list_free_full(list_, calls_->object_unref);
  }
  const GList* first() const { return list_; }

 private:
  const Libsecret* calls_;
  GList* list_;
};

/// The two attributes as libsecret takes them; points into what it was made from.
class LibsecretAttributes {
 public:
  using Values = std::array<std::string, 2>;  // service, account

  /// No attributes: every item.
  explicit LibsecretAttributes(const Libsecret& calls);
  LibsecretAttributes(const Libsecret& calls, Values& values);
  LibsecretAttributes(const LibsecretAttributes&) = delete;
  LibsecretAttributes& operator=(const LibsecretAttributes&) = delete;
  ~LibsecretAttributes() { calls_.table_unref(table_); }
  GHashTable* raw() const { return table_; }

 private:
  const Libsecret& calls_;
  GHashTable* table_;
};

/// Ends libsecret's calls when the provider's question has stood for too long: they know no limit of their own.
class LibsecretLimit {
 public:
  LibsecretLimit(const Libsecret& calls, std::chrono::milliseconds limit);
  LibsecretLimit(const LibsecretLimit&) = delete;
  LibsecretLimit& operator=(const LibsecretLimit&) = delete;
  ~LibsecretLimit();
  void* raw() const { return cancellable_; }
  bool expired() const { return expired_; }

 private:
  const Libsecret& calls_;
  void* cancellable_;
  std::mutex mutex_;
  std::condition_variable over_;
  bool done_ = false;
  bool expired_ = false;
  std::thread watch_;
};

/// The error of a call; frees `error`.
Error libsecret_error(const Libsecret& calls, GError* error);

/// True where an item that has service and account has nothing else, but for gnome-keyring's own xdg:schema.
bool has_only_our_attributes(const Libsecret& calls, void* item);

}  // namespace mcpcred
