#include "check/embedded_dates.h"

#include <nlohmann/json.hpp>

#include "core/encoding.h"
#include "core/json.h"
#include "mcpcred/secret.h"

namespace mcpcred {
namespace {

constexpr std::int64_t kLastSecond = 253402300799;  // end of the year 9999

std::optional<nlohmann::json> decoded_object(std::string_view base64) {
  while (base64.ends_with('=')) base64.remove_suffix(1);
  Secret text = Secret::copy_of(base64);
  for (std::size_t i = 0; i < text.size(); ++i) {
    char& c = text.writable()[i];
    if (c == '-') c = '+';
    if (c == '_') c = '/';
  }
  const auto bytes = base64_decode(text.reveal(), Padding::kNone);
  if (!bytes) return std::nullopt;
  auto object = parse_json(bytes->reveal(), {64 * 1024, 8});
  if (!object || !object->is_object()) return std::nullopt;
  return std::move(*object);
}

std::string_view without_spaces(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r'\"");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r'\",") - begin + 1);
}

// The value of "key: value" or "key": "value" in one line; empty where the line has another key.
std::string_view value_in(std::string_view line, std::string_view key) {
  line = without_spaces(line);
  if (line.starts_with("- ")) line = without_spaces(line.substr(2));
  if (!line.starts_with(key)) return {};
  line.remove_prefix(key.size());
  if (line.starts_with('"')) line.remove_prefix(1);
  if (!line.starts_with(':')) return {};
  return without_spaces(line.substr(1));
}

}  // namespace

std::optional<Date> jwt_expiry(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const auto claims = decoded_object(token.substr(first + 1, second - first - 1));
  if (!claims) return std::nullopt;
  const auto exp = claims->find("exp");
  if (exp == claims->end() || !exp->is_number_integer()) return std::nullopt;
  const auto seconds = exp->get<std::int64_t>();
  if (seconds <= 0 || seconds > kLastSecond) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(Timestamp(std::chrono::seconds(seconds)));
}

std::optional<KubeconfigFacts> read_kubeconfig(std::string_view text) {
  KubeconfigFacts facts;
  bool version = false;
  bool kind = false;
  const auto add = [&](std::string_view note) {
    if (facts.note.find(note) != std::string::npos) return;
    facts.note += (facts.note.empty() ? "" : "; ") + std::string(note);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = end + 1;
    version = version || !value_in(line, "apiVersion").empty();
    kind = kind || value_in(line, "kind") == "Config";
    if (value_in(line, "insecure-skip-tls-verify") == "true") add("it switches off the verification of the cluster");
    const std::string_view bare = without_spaces(line);
    if (bare == "exec:" || bare.starts_with("exec\":")) add("it starts a program to log in (exec)");
    if (const auto day = jwt_expiry(value_in(line, "token")); day && (!facts.expires || *day < *facts.expires))
      facts.expires = day;
  }
  if (!version || !kind) return std::nullopt;
  return facts;
}

bool is_sentry_org_token(std::string_view token) {
  constexpr std::string_view kPrefix = "sntrys_";
  const std::size_t end = token.rfind('_');
  if (!token.starts_with(kPrefix) || end == std::string_view::npos || end < kPrefix.size()) return false;
  const auto payload = decoded_object(token.substr(kPrefix.size(), end - kPrefix.size()));
  return payload && payload->contains("iat");
}

}  // namespace mcpcred
