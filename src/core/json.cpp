#include "core/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

namespace mcpcred {
namespace {

using nlohmann::json;

// Builds the tree from the parser's events, so that depth and duplicate keys are seen while they are read and no
// hostile text is nested deeper in memory than the limit.
class StrictBuilder {
 public:
  explicit StrictBuilder(unsigned max_depth) : max_depth_(max_depth) {}

  bool null() { return add(nullptr); }
  bool boolean(bool value) { return add(value); }
  bool number_integer(json::number_integer_t value) { return add(value); }
  bool number_unsigned(json::number_unsigned_t value) { return add(value); }
  bool number_float(json::number_float_t value, const std::string&) { return add(value); }
  bool string(std::string& value) { return add(std::move(value)); }
  bool binary(json::binary_t&) { return false; }
  bool start_object(std::size_t) { return open(json::object()); }
  bool start_array(std::size_t) { return open(json::array()); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& name) {
    auto& members = stack_.back()->get_ref<json::object_t&>();
    const auto [at, is_new] = members.try_emplace(std::move(name), nullptr);
    ++keys_;
    if (!is_new) {
      problem_ = "a key stands twice in one object";
      problem_is_key_ = true;
      return false;
    }
    slot_ = &at->second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
    position_ = position;
    problem_ = "not valid JSON";
    return false;
  }

  json root;
  std::string problem_;
  std::size_t position_ = 0;
  bool problem_is_key_ = false;
  std::size_t keys_ = 0;    // seen so far
  std::size_t opened_ = 0;  // objects and arrays

 private:
  template <class T>
  json* place(T&& value) {
    if (stack_.empty()) {
      root = std::forward<T>(value);
      return &root;
    }
    if (stack_.back()->is_array()) {
      stack_.back()->push_back(std::forward<T>(value));
      return &stack_.back()->back();
    }
    *slot_ = std::forward<T>(value);
    return slot_;
  }

  template <class T>
  bool add(T&& value) {
    place(std::forward<T>(value));
    return true;
  }

  bool open(json&& container) {
    ++opened_;
    if (stack_.size() >= max_depth_) {
      problem_ = "nested too deeply";
      return false;
    }
    stack_.push_back(place(std::move(container)));
    return true;
  }

  bool close() {
    stack_.pop_back();
    return true;
  }

  std::vector<json*> stack_;
  json* slot_ = nullptr;
  unsigned max_depth_;
};

// Where the parser was when it had seen so many keys, or opened so many containers. It does not tell, and the text up
// to there is known to be well-formed.
std::size_t position_of(std::string_view text, std::size_t keys, std::size_t opened, bool of_key) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((text[at] == '{' || text[at] == '[') && --opened == 0 && !of_key) return at;
    if (text[at] != '"') continue;
    const std::size_t begin = at++;
    while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2U : 1U;
    const std::size_t next = text.find_first_not_of(" \t\r\n", at + 1);
    if (next != std::string_view::npos && text[next] == ':' && --keys == 0 && of_key) return begin;
  }
  return text.size();
}

Unexpected corrupt(std::string_view text, std::size_t position, const std::string& problem) {
  position = std::min(position, text.size());
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(position), '\n');
  return fail(ErrorCode::kCorrupt,
              "line " + std::to_string(line) + ", byte " + std::to_string(position) + ": " + problem);
}

}  // namespace

Result<json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) return fail(ErrorCode::kTooLarge, "the text is over its size limit");
  // nlohmann takes "{…}" followed by NUL bytes for valid.
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) return corrupt(text, nul, "a NUL byte");
  StrictBuilder builder(limits.max_depth);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) {
    if (builder.position_ == 0 && builder.problem_ != "not valid JSON")
      builder.position_ = position_of(text, builder.keys_, builder.opened_, builder.problem_is_key_);
    return corrupt(text, builder.position_, builder.problem_.empty() ? "not valid JSON" : builder.problem_);
  }
  return std::move(builder.root);
}

std::string dump_json(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string dump_json(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string dump_json_pretty(const nlohmann::ordered_json& value) {
  return value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace mcpcred
