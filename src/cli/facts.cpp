#include "cli/facts.h"

#include <nlohmann/json.hpp>

#include "core/json.h"

namespace mcpcred::cli {

struct FactsWriter {
  static nlohmann::ordered_json json_of(const Facts& facts) { return std::visit(FactsWriter{}, facts.value_); }

  nlohmann::ordered_json operator()(std::monostate) const { return nullptr; }
  nlohmann::ordered_json operator()(bool flag) const { return flag; }
  nlohmann::ordered_json operator()(std::int64_t number) const { return number; }
  nlohmann::ordered_json operator()(const std::string& text) const { return text; }
  nlohmann::ordered_json operator()(const Facts::List& list) const {
    auto array = nlohmann::ordered_json::array();
    for (const Facts& element : list) array.push_back(json_of(element));
    return array;
  }
  nlohmann::ordered_json operator()(const Facts::Members& members) const {
    auto object = nlohmann::ordered_json::object();
    for (const auto& [name, value] : members) object[name] = json_of(value);
    return object;
  }
};

Facts::Facts(std::initializer_list<std::pair<const char*, Facts>> members) : value_(Members()) {
  for (const auto& [name, value] : members) std::get<Members>(value_).emplace_back(name, value);
}

Facts::Facts(const std::map<std::string, std::string>& texts) : value_(Members()) {
  for (const auto& [name, text] : texts) std::get<Members>(value_).emplace_back(name, text);
}

Facts& Facts::operator[](std::string_view name) {
  auto& members = std::get<Members>(value_);
  for (auto& [known, value] : members)
    if (known == name) return value;
  return members.emplace_back(name, Facts()).second;
}

std::string Facts::text() const {
  return dump_json_pretty(FactsWriter::json_of(*this)) + "\n";
}

}  // namespace mcpcred::cli
