#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "catalog/embedded.h"
#include "core/encoding.h"
#include "mcpcred/catalog.h"

namespace mcpcred {
namespace {

constexpr std::size_t kFar = std::numeric_limits<std::size_t>::max();
constexpr std::size_t kMostShown = 3;

struct Alias {
  std::string_view name;
  std::string_view id;
};

constexpr std::array<Alias, 14> kAliases = {{
    {"ado", "azure-devops"},
    {"azdo", "azure-devops"},
    {"amazon", "aws"},
    {"confluence", "atlassian"},
    {"gemini", "google"},
    {"gh", "github"},
    {"hf", "huggingface"},
    {"jira", "atlassian"},
    {"k8s", "kubernetes"},
    {"kubectl", "kubernetes"},
    {"mongo", "mongodb"},
    {"postgresql", "postgres"},
    {"tfe", "terraform"},
    {"tf", "terraform"},
}};

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

// 0 for the same name; the more, the farther; kFar where it is no likely slip of the keyboard.
std::size_t distance(std::string_view typed, std::string_view name) {
  if (typed == name) return 0;
  if (typed.size() >= 3 && (name.starts_with(typed) || typed.starts_with(name))) return 1;
  const std::size_t edits = edit_distance(typed, name);
  // Two of three letters wrong is another word.
  return edits <= 2 && edits + 1 < typed.size() && edits + 1 < name.size() ? edits : kFar;
}

}  // namespace

std::vector<std::string> Catalog::nearest(std::string_view id) const {
  if (id.empty() || id.size() > 64) return {};
  const std::string typed = lower(id);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& known : ids()) {
    std::size_t best = distance(typed, known);
    if (const EmbeddedServer* server = embedded_server(known))
      best = std::min(best, distance(typed, lower(server->name)));
    for (const Alias& alias : kAliases)
      if (alias.id == known) best = std::min(best, distance(typed, alias.name));
    if (best != kFar) found.emplace_back(best, known);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (auto& [far, name] : found)
    if (names.size() < kMostShown) names.push_back(std::move(name));
  return names;
}

}  // namespace mcpcred
