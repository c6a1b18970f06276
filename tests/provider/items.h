#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace provider {

using Attributes = std::map<std::string, std::string>;

struct Item {
  std::string path;
  std::string label;
  Attributes attributes;
  std::string secret;
  std::string content_type;
};

struct PathStyle {
  std::size_t first = 1;
  bool reverse = false;
  bool big = false;
};

/// True: `item` has each of `wanted`, whatever else it has.
bool includes(const Attributes& item, const Attributes& wanted);

/// The items of the one collection, in the order in which they were made.
class Items {
 public:
  Items(std::string collection, PathStyle style, std::string state_file);

  /// Without one path for a deleted item and a later one.
  Item& add(Item item);
  Item* find(const std::string& path);
  std::vector<Item*> search(const Attributes& wanted);
  void erase(const std::string& path);

  /// The items of the last start, if there is a state file. To be called before anything else.
  std::vector<Item> load() const;
  /// Numbers those of the start, which --reverse-paths is about.
  void add_all(std::vector<Item> items);
  /// To be called after each change.
  void save() const;

  std::vector<Item>& all() { return items_; }

 private:
  std::string path_of(std::size_t number) const;

  std::string collection_;
  PathStyle style_;
  std::string state_file_;
  std::vector<Item> items_;
  std::size_t next_;
};

}  // namespace provider
