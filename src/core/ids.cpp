#include "mcpcred/ids.h"

#include <algorithm>

#include "core/encoding.h"

namespace mcpcred {
namespace {

bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_variable_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && !is_digit(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '_'; });
}

bool is_account_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes && (is_letter(text.front()) || is_digit(text.front())) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || is_digit(c) || std::string_view("._@+-").find(c) != std::string_view::npos;
         });
}

// A name in an error message, escaped and cut: what a person mistook for a name may be a whole file.
std::string shown(std::string_view text) {
  if (looks_like_secret(text) || text.find('=') != std::string_view::npos) return "what was given";
  constexpr std::size_t kShown = 40;
  return "'" + printable(text.substr(0, kShown)) + (text.size() > kShown ? "…'" : "'");
}

constexpr std::string_view kPreviousPrefix = "mcpcred:previous:";

}  // namespace

Result<VariableName> VariableName::parse(std::string_view text) {
  if (!is_variable_name(text))
    return fail(ErrorCode::kInvalidInput, shown(text) + " cannot be a variable's name",
                "letters, digits and _, not beginning with a digit, at most 255 bytes: GITHUB_TOKEN");
  return VariableName(std::string(text));
}

Result<AccountName> AccountName::parse(std::string_view text) {
  if (!is_account_name(text))
    return fail(ErrorCode::kInvalidInput, shown(text) + " cannot be an account's name",
                "letters, digits and . _ @ + -, beginning with a letter or digit, at most 255 bytes");
  return AccountName(std::string(text));
}

Result<ServerId> ServerId::parse(std::string_view text) {
  const bool good =
      !text.empty() && text.size() <= 64 && text.front() != '-' &&
      std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-'; });
  if (!good)
    return fail(ErrorCode::kInvalidInput, shown(text) + " cannot be a server's name",
                "small letters, digits and -, at most 64 bytes; the servers known: mcpcred catalog list");
  return ServerId(std::string(text));
}

Result<EntryKey> EntryKey::from_stored(std::string_view variable, std::string_view account) {
  if (!is_account_name(account)) return fail(ErrorCode::kCorrupt, "a stored item has an account name that is none");
  const bool hidden_keys = variable == "mcpcred:keys" && account == "default";
  const bool hidden_previous =
      variable.starts_with(kPreviousPrefix) && is_variable_name(variable.substr(kPreviousPrefix.size()));
  if (!hidden_keys && !hidden_previous && !is_variable_name(variable))
    return fail(ErrorCode::kCorrupt, "a stored item has a name that no variable can have");
  return EntryKey(std::string(variable), std::string(account));
}

bool differs_only_in_case(std::string_view a, std::string_view b) {
  return a != b &&
         std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace mcpcred
