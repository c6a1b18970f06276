#include "cli/near.h"

#include "core/encoding.h"

namespace mcpcred::cli {

std::string nearest_name(std::string_view typed, const std::vector<std::string_view>& names) {
  constexpr std::size_t kLongest = 255;
  constexpr std::size_t kFewestTyped = 3;
  if (typed.empty() || typed.size() > kLongest) return {};
  std::string_view nearest;
  std::string_view begun;
  bool several = false;
  std::size_t best = 3;
  for (const std::string_view name : names) {
    const std::size_t distance = edit_distance(typed, name);
    // Two of three letters wrong is another word.
    if (distance < best && distance + 1 < name.size()) {
      best = distance;
      nearest = name;
    }
    if (typed.size() >= kFewestTyped && name.starts_with(typed)) {
      several = several || !begun.empty();
      begun = name;
    }
  }
  if (!begun.empty() && !several) return std::string(begun);
  return std::string(nearest);
}

std::string near_stored_hint(const Registry& registry, const EntryKey& key) {
  if (looks_like_secret(key.variable())) return {};
  std::vector<std::string_view> names;
  for (const Credential& credential : registry.credentials)
    if (credential.account.str() == key.account() && credential.variable.str() != key.variable())
      names.emplace_back(credential.variable.str());
  const std::string name = nearest_name(key.variable(), names);
  return name.empty() ? std::string() : "did you mean " + name + "?\n";
}

}  // namespace mcpcred::cli
