#include "check/connection_uri.h"

#include <algorithm>
#include <array>

namespace mcpcred {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_any_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_placeholder(std::string_view password) {
  constexpr std::array<std::string_view, 10> kWords = {"password",      "pass",          "passwd",   "pwd",
                                                       "your_password", "your-password", "changeme", "secret",
                                                       "yourpassword",  "db_password"};
  if (std::any_of(kWords.begin(), kWords.end(), [&](auto word) { return equal_any_case(word, password); })) return true;
  // <…>, [YOUR-PASSWORD], ${VARIABLE}, and what a log shows instead: ****
  const char first = password.front();
  return first == '<' || first == '[' || password.starts_with("${") ||
         password.find_first_not_of('*') == std::string_view::npos;
}

}  // namespace

UriPassword password_of_uri(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  if (scheme == std::string_view::npos) return UriPassword::kMissing;
  uri.remove_prefix(scheme + 3);
  const std::string_view authority = uri.substr(0, uri.find_first_of("/?#"));
  const std::size_t at = authority.rfind('@');
  std::string_view password;
  if (at != std::string_view::npos) {
    const std::string_view login = authority.substr(0, at);
    if (const std::size_t colon = login.find(':'); colon != std::string_view::npos) password = login.substr(colon + 1);
  }
  if (password.empty()) {
    const std::size_t query = uri.find('?');
    if (query == std::string_view::npos) return UriPassword::kMissing;
    std::string_view rest = uri.substr(query);
    const std::size_t found = std::min(rest.find("?password="), rest.find("&password="));
    if (found == std::string_view::npos) return UriPassword::kMissing;
    rest.remove_prefix(found + std::string_view("?password=").size());
    password = rest.substr(0, rest.find('&'));
    if (password.empty()) return UriPassword::kMissing;
  }
  return is_placeholder(password) ? UriPassword::kPlaceholder : UriPassword::kPresent;
}

}  // namespace mcpcred
