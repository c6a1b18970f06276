#pragma once

#include <cstdint>

// Our own declarations of the few names of CoreFoundation that src/store uses, after Apple's reference. Types that
// differ on macOS differ here, so that what mixes them up does not compile here either. Implemented by
// ../../stand_in.cpp.
struct StandInString;
struct StandInData;
struct StandInArray;
struct StandInDictionary;
struct StandInBoolean;
struct StandInAllocator;

using Boolean = unsigned char;
using UInt8 = std::uint8_t;
using OSStatus = std::int32_t;
using CFIndex = long;
using CFTypeID = unsigned long;
using CFStringEncoding = std::uint32_t;
using CFTypeRef = const void*;
using CFAllocatorRef = const StandInAllocator*;
using CFStringRef = const StandInString*;
using CFDataRef = const StandInData*;
using CFArrayRef = const StandInArray*;
using CFDictionaryRef = const StandInDictionary*;
using CFMutableDictionaryRef = StandInDictionary*;
using CFBooleanRef = const StandInBoolean*;

struct CFRange {
  CFIndex location;
  CFIndex length;
};
struct CFDictionaryKeyCallBacks {
  int unused;
};
struct CFDictionaryValueCallBacks {
  int unused;
};

extern "C" {

inline constexpr CFStringEncoding kCFStringEncodingUTF8 = 0x08000100;
extern const CFAllocatorRef kCFAllocatorDefault;
extern const CFAllocatorRef kCFAllocatorNull;
extern const CFBooleanRef kCFBooleanTrue;
extern const CFBooleanRef kCFBooleanFalse;
extern const CFDictionaryKeyCallBacks kCFTypeDictionaryKeyCallBacks;
extern const CFDictionaryValueCallBacks kCFTypeDictionaryValueCallBacks;

CFTypeRef CFRetain(CFTypeRef object);
void CFRelease(CFTypeRef object);
CFTypeID CFGetTypeID(CFTypeRef object);

CFTypeID CFStringGetTypeID(void);
CFStringRef CFStringCreateWithBytes(CFAllocatorRef allocator, const UInt8* bytes, CFIndex size,
                                    CFStringEncoding encoding, Boolean external);
CFIndex CFStringGetLength(CFStringRef string);
CFIndex CFStringGetBytes(CFStringRef string, CFRange range, CFStringEncoding encoding, UInt8 loss_byte,
                         Boolean external, UInt8* buffer, CFIndex capacity, CFIndex* used);

CFTypeID CFDataGetTypeID(void);
CFDataRef CFDataCreateWithBytesNoCopy(CFAllocatorRef allocator, const UInt8* bytes, CFIndex size,
                                      CFAllocatorRef deallocator);
CFIndex CFDataGetLength(CFDataRef data);
const UInt8* CFDataGetBytePtr(CFDataRef data);

CFMutableDictionaryRef CFDictionaryCreateMutable(CFAllocatorRef allocator, CFIndex capacity,
                                                 const CFDictionaryKeyCallBacks* keys,
                                                 const CFDictionaryValueCallBacks* values);
void CFDictionarySetValue(CFMutableDictionaryRef dictionary, const void* key, const void* value);
const void* CFDictionaryGetValue(CFDictionaryRef dictionary, const void* key);

CFTypeID CFArrayGetTypeID(void);
CFIndex CFArrayGetCount(CFArrayRef array);
const void* CFArrayGetValueAtIndex(CFArrayRef array, CFIndex index);

}  // extern "C"
