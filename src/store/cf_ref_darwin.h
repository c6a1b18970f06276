#pragma once

#include <CoreFoundation/CoreFoundation.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mcpcred {

/// Owns one reference to a CoreFoundation object: what a function with Create or Copy in its name returned.
template <class Ref>
class CfRef {
 public:
  CfRef() = default;
  explicit CfRef(Ref owned) : ref_(owned) {}
  CfRef(CfRef&& other) noexcept : ref_(std::exchange(other.ref_, nullptr)) {}
  CfRef& operator=(CfRef&& other) noexcept {
    std::swap(ref_, other.ref_);
    return *this;
  }
  CfRef(const CfRef&) = delete;
  CfRef& operator=(const CfRef&) = delete;
  ~CfRef() {
    if (ref_ != nullptr) CFRelease(ref_);
  }

  Ref get() const { return ref_; }
  explicit operator bool() const { return ref_ != nullptr; }
  /// For functions that return through a pointer. Only while this holds nothing.
  Ref* receive() { return &ref_; }

 private:
  Ref ref_ = nullptr;
};

/// Null where `text` is no UTF-8.
inline CfRef<CFStringRef> cf_string(std::string_view text) {
  return CfRef<CFStringRef>(CFStringCreateWithBytes(kCFAllocatorDefault, reinterpret_cast<const UInt8*>(text.data()),
                                                    static_cast<CFIndex>(text.size()), kCFStringEncodingUTF8, 0));
}

/// nullopt where `value` is no string (an attribute may be missing, or bytes).
inline std::optional<std::string> text_of(CFTypeRef value) {
  if (value == nullptr || CFGetTypeID(value) != CFStringGetTypeID()) return std::nullopt;
  const auto string = static_cast<CFStringRef>(value);
  const CFRange all{0, CFStringGetLength(string)};
  CFIndex size = 0;
  if (CFStringGetBytes(string, all, kCFStringEncodingUTF8, 0, 0, nullptr, 0, &size) != all.length) return std::nullopt;
  std::string text(static_cast<std::size_t>(size), '\0');
  CFStringGetBytes(string, all, kCFStringEncodingUTF8, 0, 0, reinterpret_cast<UInt8*>(text.data()), size, &size);
  return text;
}

}  // namespace mcpcred
