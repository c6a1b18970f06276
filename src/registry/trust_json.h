#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/registry.h"

namespace mcpcred {

/// Reads the fields of one JSON object and remembers what was wrong first; finish() tells it, and refuses fields
/// that nobody asked for. A missing or mistyped field reads as an empty value until then.
class JsonReader {
 public:
  JsonReader(const nlohmann::json& object, std::string_view where);

  std::string text(const char* name);
  std::string optional_text(const char* name);
  std::uint64_t number(const char* name);
  bool flag(const char* name);
  Timestamp timestamp(const char* name);
  std::optional<Date> optional_date(const char* name);
  std::vector<std::string> optional_texts(const char* name);
  std::map<std::string, std::string> optional_text_map(const char* name);
  const nlohmann::json* optional_object(const char* name);
  /// Empty where it is missing, which finish() then tells.
  const nlohmann::json& array(const char* name);
  const nlohmann::json& optional_array(const char* name);
  Result<void> finish();

 private:
  const nlohmann::json* look(const char* name);
  void wrong(const char* name, std::string_view what);

  const nlohmann::json& object_;
  std::string where_;
  std::string problem_;
  std::vector<const char*> asked_;  // literals; a registry is read at every shell start, and this once a credential
  std::size_t found_ = 0;
};

nlohmann::json trust_to_json(const Trust& trust);
Result<Trust> trust_from_json(const nlohmann::json& object);

}  // namespace mcpcred
