#include "catalog/field_reader.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/encoding.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxText = 1000;
constexpr std::size_t kMaxElements = 200;

// Empty where the string is fit to be shown and compared, else what is wrong with it.
std::string_view text_fault(const std::string& text) {
  if (text.empty()) return "is empty";
  if (text.size() > kMaxText) return "is longer than 1000 bytes";
  if (printable(text) != text) return "holds control characters";
  return {};
}

}  // namespace

void EntryProblem::add(JsonPath at, std::string why) {
  if (found()) return;
  path = std::move(at);
  reason = std::move(why);
}

FieldReader::FieldReader(EntryProblem& problem, const nlohmann::json& value, JsonPath path)
    : problem_(&problem), value_(value.is_object() ? &value : nullptr), path_(std::move(path)) {
  if (value_ == nullptr) problem_->add(path_, "is not an object");
}

JsonPath FieldReader::path(std::string_view key) const {
  JsonPath full = path_;
  full.emplace_back(key);
  return full;
}

void FieldReader::wrong(std::string_view key, std::string reason) {
  problem_->add(path(key), std::move(reason));
}

bool FieldReader::has(std::string_view key) const {
  return value_ != nullptr && value_->contains(key);
}

void FieldReader::only(std::initializer_list<std::string_view> keys) {
  if (value_ == nullptr) return;
  for (const auto& item : value_->items())
    if (std::find(keys.begin(), keys.end(), item.key()) == keys.end()) wrong(item.key(), "is no known field");
}

const nlohmann::json* FieldReader::member(std::string_view key, Need need) {
  if (value_ == nullptr) return nullptr;
  if (const auto found = value_->find(key); found != value_->end()) return &*found;
  if (need == Need::kRequired) problem_->add(path_, "has no " + std::string(key));
  return nullptr;
}

std::string FieldReader::text(std::string_view key, Need need) {
  const auto* value = member(key, need);
  if (value == nullptr) return {};
  if (!value->is_string()) {
    wrong(key, "is not a string");
    return {};
  }
  std::string text = value->get<std::string>();
  if (const auto fault = text_fault(text); !fault.empty()) {
    wrong(key, std::string(fault));
    return {};
  }
  return text;
}

bool FieldReader::flag(std::string_view key, bool otherwise) {
  const auto* value = member(key, Need::kOptional);
  if (value == nullptr) return otherwise;
  if (!value->is_boolean()) {
    wrong(key, "is neither true nor false");
    return otherwise;
  }
  return value->get<bool>();
}

std::optional<int> FieldReader::number(std::string_view key, int least, int most) {
  const auto* value = member(key, Need::kOptional);
  if (value == nullptr || value->is_null()) return std::nullopt;
  if (value->is_number_integer() && !(value->is_number_unsigned() && value->get<std::uint64_t>() > 1000000)) {
    const auto number = value->get<std::int64_t>();
    if (number >= least && number <= most) return static_cast<int>(number);
  }
  wrong(key, "is not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::vector<std::string> FieldReader::texts(std::string_view key, Need need) {
  std::vector<std::string> all;
  const auto* value = member(key, need);
  if (value == nullptr) return all;
  if (!value->is_array() || value->size() > kMaxElements) {
    wrong(key, value->is_array() ? "has more than 200 elements" : "is not a list");
    return all;
  }
  for (std::size_t i = 0; i < value->size(); ++i) {
    const auto& element = (*value)[i];
    JsonPath at = path(key);
    at.push_back(std::to_string(i));
    if (!element.is_string()) {
      problem_->add(std::move(at), "is not a string");
      return all;
    }
    all.push_back(element.get<std::string>());
    if (const auto fault = text_fault(all.back()); !fault.empty()) problem_->add(std::move(at), std::string(fault));
  }
  return all;
}

std::vector<FieldReader> FieldReader::objects(std::string_view key, Need need) {
  std::vector<FieldReader> all;
  const auto* value = member(key, need);
  if (value == nullptr) return all;
  if (!value->is_array() || value->size() > kMaxElements) {
    wrong(key, value->is_array() ? "has more than 200 elements" : "is not a list");
    return all;
  }
  for (std::size_t i = 0; i < value->size(); ++i) {
    JsonPath at = path(key);
    at.push_back(std::to_string(i));
    all.emplace_back(*problem_, (*value)[i], std::move(at));
  }
  return all;
}

}  // namespace mcpcred
