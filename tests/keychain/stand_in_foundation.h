#pragma once

#include <CoreFoundation/CoreFoundation.h>

#include <string>
#include <utility>
#include <vector>

// The objects behind the stand-in's opaque references.
namespace mcpcred::test::keychain {

enum class Kind : CFTypeID { kString = 1, kData, kArray, kDictionary, kBoolean, kKeychain };

/// Constants live for ever and are not counted.
struct Object {
  explicit Object(Kind object_kind, bool constant = false);
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object();
  Kind kind;
  bool is_constant;
  long references = 1;
};

}  // namespace mcpcred::test::keychain

struct StandInString final : mcpcred::test::keychain::Object {
  explicit StandInString(std::string content, bool constant = false)
      : Object(mcpcred::test::keychain::Kind::kString, constant), text(std::move(content)) {}
  std::string text;
};

/// Either owns bytes or points at the caller's.
struct StandInData final : mcpcred::test::keychain::Object {
  StandInData() : Object(mcpcred::test::keychain::Kind::kData) {}
  std::string owned;
  const UInt8* bytes = nullptr;
  CFIndex size = 0;
};

struct StandInArray final : mcpcred::test::keychain::Object {
  StandInArray() : Object(mcpcred::test::keychain::Kind::kArray) {}
  ~StandInArray() override;
  std::vector<CFTypeRef> elements;
};

struct StandInDictionary final : mcpcred::test::keychain::Object {
  StandInDictionary() : Object(mcpcred::test::keychain::Kind::kDictionary) {}
  ~StandInDictionary() override;
  std::vector<std::pair<CFStringRef, CFTypeRef>> entries;
};

struct StandInBoolean final : mcpcred::test::keychain::Object {
  explicit StandInBoolean(bool content) : Object(mcpcred::test::keychain::Kind::kBoolean, true), value(content) {}
  bool value;
};
