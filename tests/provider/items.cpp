#include "items.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace provider {
namespace {

// The state file: a line an item, words in hex, so that values may hold anything. "-" is the empty word.
std::string to_hex(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4U];
    hex += kDigits[byte & 15U];
  }
  return hex.empty() ? "-" : hex;
}

std::string from_hex(const std::string& hex) {
  std::string bytes;
  if (hex == "-") return bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

}  // namespace

bool includes(const Attributes& item, const Attributes& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& pair) {
    const auto found = item.find(pair.first);
    return found != item.end() && found->second == pair.second;
  });
}

Items::Items(std::string collection, PathStyle style, std::string state_file)
    : collection_(std::move(collection)), style_(style), state_file_(std::move(state_file)), next_(style.first) {}

std::string Items::path_of(std::size_t number) const {
  auto path = collection_ + "/" + std::to_string(number);
  return style_.big ? path + "_" + std::string(999, 'x') : path;
}

Item& Items::add(Item item) {
  item.path = path_of(next_++);
  return items_.emplace_back(std::move(item));
}

Item* Items::find(const std::string& path) {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.path == path; });
  return found == items_.end() ? nullptr : &*found;
}

std::vector<Item*> Items::search(const Attributes& wanted) {
  std::vector<Item*> found;
  for (auto& item : items_) {
    if (includes(item.attributes, wanted)) found.push_back(&item);
  }
  return found;
}

void Items::erase(const std::string& path) {
  std::erase_if(items_, [&](const Item& item) { return item.path == path; });
}

std::vector<Item> Items::load() const {
  std::vector<Item> items;
  std::ifstream file(state_file_);
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string label, content_type, secret, name, text;
    words >> label >> content_type >> secret;
    Item item{"", from_hex(label), {}, from_hex(secret), from_hex(content_type)};
    while (words >> name >> text) item.attributes[from_hex(name)] = from_hex(text);
    items.push_back(std::move(item));
  }
  return items;
}

void Items::add_all(std::vector<Item> items) {
  if (style_.reverse) std::reverse(items.begin(), items.end());
  for (auto& item : items) add(std::move(item));
}

void Items::save() const {
  if (state_file_.empty()) return;
  const auto temporary = state_file_ + ".new";
  {
    std::ofstream file(temporary, std::ios::trunc);
    for (const auto& item : items_) {
      file << to_hex(item.label) << ' ' << to_hex(item.content_type) << ' ' << to_hex(item.secret);
      for (const auto& [name, text] : item.attributes) file << ' ' << to_hex(name) << ' ' << to_hex(text);
      file << '\n';
    }
    if (!file.flush()) throw std::runtime_error("the state file cannot be written");
  }
  std::filesystem::rename(temporary, state_file_);
}

}  // namespace provider
