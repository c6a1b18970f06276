#include "catalog/json_lines.h"

#include <algorithm>

#include "core/encoding.h"

namespace mcpcred {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  // Steps into the member or element; false where it is not there. Then at() is its key or its first byte.
  bool enter(const std::string& step) {
    skip_space();
    const char open = peek();
    if (open != '{' && open != '[') return false;
    ++at_;
    for (std::size_t index = 0;; ++index) {
      skip_space();
      if (peek() == ',') ++at_;
      skip_space();
      if (peek() == '}' || peek() == ']' || peek() == '\0') return false;
      mark_ = at_;
      bool found = false;
      if (open == '{') {
        const std::size_t begin = at_ + 1;
        skip_string();
        found = at_ > begin && text_.substr(begin, at_ - begin - 1) == step;
        skip_space();
        ++at_;  // the colon
        skip_space();
      } else {
        found = std::to_string(index) == step;
      }
      if (found) return true;
      skip_value();
    }
  }

  unsigned line() const {
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(mark_, text_.size()));
    return 1U + static_cast<unsigned>(std::count(text_.begin(), end, '\n'));
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
  }

  void skip_string() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    ++at_;
  }

  void skip_value() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (depth == 0 && (c == ',' || c == '}' || c == ']')) return;
      if (c == '"') {
        skip_string();
        continue;
      }
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t mark_ = 0;
};

}  // namespace

unsigned line_of(std::string_view text, const JsonPath& path) {
  Scanner scanner(text);
  unsigned line = path.empty() ? 1 : 0;
  for (const std::string& step : path) {
    if (!scanner.enter(step)) break;
    line = scanner.line();
  }
  return line;
}

std::string path_text(const JsonPath& path) {
  std::string text;
  for (const std::string& step : path) {
    const bool index =
        !step.empty() && std::all_of(step.begin(), step.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (index)
      text += "[" + step + "]";
    else
      text += (text.empty() ? "" : ".") + printable(std::string_view(step).substr(0, 60));
  }
  return text;
}

}  // namespace mcpcred
