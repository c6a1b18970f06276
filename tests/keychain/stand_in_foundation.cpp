#include "keychain/stand_in_foundation.h"

#include <cstdlib>

#include "keychain/stand_in.h"

using mcpcred::test::keychain::Kind;
using mcpcred::test::keychain::Object;

namespace mcpcred::test::keychain {
namespace {

long live = 0;

// A mistake that CoreFoundation answers with a crash.
[[noreturn]] void crash() {
  std::abort();
}

/// Every reference is the address of a StandIn…, whose first base is Object.
const Object& object_of(CFTypeRef reference) {
  if (reference == nullptr) crash();
  return *static_cast<const Object*>(reference);
}

bool continues(unsigned char byte) {
  return (byte & 0xC0) == 0x80;
}

/// Whole sequences only; enough to tell text from bytes.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k)
      if (!continues(static_cast<unsigned char>(text[i + k]))) return false;
    i += length;
  }
  return true;
}

/// Length in UTF-16 units, as CFStringGetLength counts.
CFIndex utf16_length(std::string_view text) {
  CFIndex units = 0;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (!continues(byte)) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}

}  // namespace

Object::Object(Kind object_kind, bool constant) : kind(object_kind), is_constant(constant) {
  if (!is_constant) ++live;
}

Object::~Object() {
  if (!is_constant) --live;
}

long live_objects() {
  return live;
}

}  // namespace mcpcred::test::keychain

using namespace mcpcred::test::keychain;  // NOLINT(google-build-using-namespace)

StandInArray::~StandInArray() {
  for (CFTypeRef element : elements) CFRelease(element);
}

StandInDictionary::~StandInDictionary() {
  for (const auto& [key, value] : entries) {
    CFRelease(key);
    CFRelease(value);
  }
}

struct StandInAllocator {};

namespace {

const StandInBoolean boolean_true(true);
const StandInBoolean boolean_false(false);
const StandInAllocator allocator_null;

}  // namespace

extern "C" {

const CFAllocatorRef kCFAllocatorDefault = nullptr;
const CFAllocatorRef kCFAllocatorNull = &allocator_null;
const CFBooleanRef kCFBooleanTrue = &boolean_true;
const CFBooleanRef kCFBooleanFalse = &boolean_false;
const CFDictionaryKeyCallBacks kCFTypeDictionaryKeyCallBacks = {0};
const CFDictionaryValueCallBacks kCFTypeDictionaryValueCallBacks = {0};

CFTypeRef CFRetain(CFTypeRef object) {
  ++const_cast<Object&>(object_of(object)).references;
  return object;
}

void CFRelease(CFTypeRef reference) {
  auto& object = const_cast<Object&>(object_of(reference));
  if (--object.references > 0 || object.is_constant) return;
  if (object.references < 0) crash();
  delete &object;
}

CFTypeID CFGetTypeID(CFTypeRef object) {
  return static_cast<CFTypeID>(object_of(object).kind);
}

CFTypeID CFStringGetTypeID(void) {
  return static_cast<CFTypeID>(Kind::kString);
}

CFStringRef CFStringCreateWithBytes(CFAllocatorRef, const UInt8* bytes, CFIndex size, CFStringEncoding encoding,
                                    Boolean) {
  if (encoding != kCFStringEncodingUTF8) crash();
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  return is_utf8(text) ? new StandInString(std::move(text)) : nullptr;
}

CFIndex CFStringGetLength(CFStringRef string) {
  return utf16_length(string->text);
}

CFIndex CFStringGetBytes(CFStringRef string, CFRange range, CFStringEncoding encoding, UInt8, Boolean, UInt8* buffer,
                         CFIndex capacity, CFIndex* used) {
  // Parts of a string are nothing that the store asks for.
  if (encoding != kCFStringEncodingUTF8 || range.location != 0 || range.length != utf16_length(string->text)) crash();
  const auto size = static_cast<CFIndex>(string->text.size());
  if (buffer != nullptr) {
    if (capacity < size) crash();
    string->text.copy(reinterpret_cast<char*>(buffer), string->text.size());
  }
  if (used != nullptr) *used = size;
  return range.length;
}

CFTypeID CFDataGetTypeID(void) {
  return static_cast<CFTypeID>(Kind::kData);
}

CFDataRef CFDataCreateWithBytesNoCopy(CFAllocatorRef, const UInt8* bytes, CFIndex size, CFAllocatorRef deallocator) {
  // With any other deallocator CoreFoundation would free memory that is not its own.
  if (deallocator != kCFAllocatorNull) crash();
  auto* data = new StandInData;
  data->bytes = bytes;
  data->size = size;
  return data;
}

CFIndex CFDataGetLength(CFDataRef data) {
  return data->size;
}

const UInt8* CFDataGetBytePtr(CFDataRef data) {
  return data->bytes;
}

CFMutableDictionaryRef CFDictionaryCreateMutable(CFAllocatorRef, CFIndex, const CFDictionaryKeyCallBacks* keys,
                                                 const CFDictionaryValueCallBacks* values) {
  // Without these a dictionary retains nothing.
  if (keys != &kCFTypeDictionaryKeyCallBacks || values != &kCFTypeDictionaryValueCallBacks) crash();
  return new StandInDictionary;
}

void CFDictionarySetValue(CFMutableDictionaryRef dictionary, const void* key, const void* value) {
  if (object_of(key).kind != Kind::kString || value == nullptr) crash();
  CFRetain(value);
  for (auto& [name, old] : dictionary->entries) {
    if (name->text != static_cast<CFStringRef>(key)->text) continue;
    CFRelease(std::exchange(old, value));
    return;
  }
  dictionary->entries.emplace_back(static_cast<CFStringRef>(CFRetain(key)), value);
}

const void* CFDictionaryGetValue(CFDictionaryRef dictionary, const void* key) {
  for (const auto& [name, value] : dictionary->entries)
    if (name->text == static_cast<CFStringRef>(key)->text) return value;
  return nullptr;
}

CFTypeID CFArrayGetTypeID(void) {
  return static_cast<CFTypeID>(Kind::kArray);
}

CFIndex CFArrayGetCount(CFArrayRef array) {
  return static_cast<CFIndex>(array->elements.size());
}

const void* CFArrayGetValueAtIndex(CFArrayRef array, CFIndex index) {
  return array->elements.at(static_cast<std::size_t>(index));
}

}  // extern "C"
