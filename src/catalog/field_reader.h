#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "catalog/json_lines.h"

namespace mcpcred {

/// The first thing found wrong with an entry; what comes after it is not reported.
struct EntryProblem {
  JsonPath path;
  std::string reason;

  bool found() const { return !reason.empty(); }
  /// Keeps the first one.
  void add(JsonPath at, std::string why);
};

enum class Need : std::uint8_t { kRequired, kOptional };

/// Reads the fields of one JSON object of an entry, strictly. After a problem the getters give empty values, so that
/// the caller need not look after each one.
class FieldReader {
 public:
  FieldReader(EntryProblem& problem, const nlohmann::json& value, JsonPath path);

  /// Refuses every key that is not in `keys`.
  void only(std::initializer_list<std::string_view> keys);
  bool has(std::string_view key) const;

  /// One line of UTF-8 without control characters, 1 to 1000 bytes.
  std::string text(std::string_view key, Need need);
  bool flag(std::string_view key, bool otherwise);
  /// null counts as absent.
  std::optional<int> number(std::string_view key, int least, int most);
  std::vector<std::string> texts(std::string_view key, Need need = Need::kOptional);
  /// One reader for each element, which must be an object; at most 200.
  std::vector<FieldReader> objects(std::string_view key, Need need = Need::kOptional);

  void wrong(std::string_view key, std::string reason);
  JsonPath path(std::string_view key) const;
  EntryProblem& problem() { return *problem_; }

 private:
  const nlohmann::json* member(std::string_view key, Need need);

  EntryProblem* problem_;
  const nlohmann::json* value_;  // nullptr after it turned out to be no object
  JsonPath path_;
};

}  // namespace mcpcred
