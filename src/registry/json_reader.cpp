#include <algorithm>
#include <nlohmann/json.hpp>

#include "registry/trust_json.h"

namespace mcpcred {

using nlohmann::json;

JsonReader::JsonReader(const json& object, std::string_view where) : object_(object), where_(where) {
  asked_.reserve(16);
  if (!object.is_object()) problem_ = "is no object";
}

const json* JsonReader::look(const char* name) {
  asked_.push_back(name);
  if (!object_.is_object()) return nullptr;
  const auto at = object_.find(name);
  if (at == object_.end()) return nullptr;
  ++found_;
  return &*at;
}

void JsonReader::wrong(const char* name, std::string_view what) {
  if (problem_.empty()) problem_ = std::string(name) + " " + std::string(what);
}

std::string JsonReader::text(const char* name) {
  const json* value = look(name);
  if (value != nullptr && value->is_string()) return value->get<std::string>();
  wrong(name, "is missing or no text");
  return {};
}

std::string JsonReader::optional_text(const char* name) {
  const json* value = look(name);
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  wrong(name, "is no text");
  return {};
}

std::uint64_t JsonReader::number(const char* name) {
  const json* value = look(name);
  if (value != nullptr && value->is_number_unsigned()) return value->get<std::uint64_t>();
  wrong(name, "is missing or no whole number");
  return 0;
}

bool JsonReader::flag(const char* name) {
  const json* value = look(name);
  if (value == nullptr) return false;
  if (value->is_boolean()) return value->get<bool>();
  wrong(name, "is neither true nor false");
  return false;
}

Timestamp JsonReader::timestamp(const char* name) {
  if (const auto time = parse_timestamp(text(name))) return *time;
  wrong(name, "is no point in time");
  return {};
}

std::optional<Date> JsonReader::optional_date(const char* name) {
  const std::string value = optional_text(name);
  if (value.empty()) return std::nullopt;
  if (const auto date = parse_date(value)) return *date;
  wrong(name, "is no date");
  return std::nullopt;
}

std::vector<std::string> JsonReader::optional_texts(const char* name) {
  std::vector<std::string> texts;
  const json* value = look(name);
  if (value == nullptr) return texts;
  if (!value->is_array()) wrong(name, "is no list");
  for (const json& element : *value) {
    if (element.is_string())
      texts.push_back(element.get<std::string>());
    else
      wrong(name, "holds something that is no text");
  }
  return texts;
}

std::map<std::string, std::string> JsonReader::optional_text_map(const char* name) {
  std::map<std::string, std::string> texts;
  const json* value = look(name);
  if (value == nullptr) return texts;
  if (!value->is_object()) wrong(name, "is no object");
  for (const auto& [key, element] : value->items()) {
    if (element.is_string())
      texts[key] = element.get<std::string>();
    else
      wrong(name, "holds something that is no text");
  }
  return texts;
}

const json* JsonReader::optional_object(const char* name) {
  const json* value = look(name);
  if (value != nullptr && !value->is_object()) wrong(name, "is no object");
  return value != nullptr && value->is_object() ? value : nullptr;
}

const json& JsonReader::array(const char* name) {
  static const json empty = json::array();
  const json* value = look(name);
  if (value != nullptr && value->is_array()) return *value;
  wrong(name, "is missing or no list");
  return empty;
}

const json& JsonReader::optional_array(const char* name) {
  static const json empty = json::array();
  const json* value = look(name);
  if (value == nullptr || value->is_array()) return value == nullptr ? empty : *value;
  wrong(name, "is no list");
  return empty;
}

Result<void> JsonReader::finish() {
  if (problem_.empty() && object_.is_object() && found_ != object_.size()) {
    for (const auto& [key, value] : object_.items())
      if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) wrong(key.c_str(), "is not known");
  }
  if (problem_.empty()) return {};
  return fail(ErrorCode::kCorrupt, where_ + ": " + problem_);
}

}  // namespace mcpcred
