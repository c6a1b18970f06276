#include <algorithm>
#include <array>

#include "core/encoding.h"

namespace mcpcred {
namespace {

constexpr auto kBeginnings = std::to_array<std::string_view>({"AGE-SECRET-KEY-",
                                                              "AKIA",
                                                              "AQ.",
                                                              "ASIA",
                                                              "ATATT",
                                                              "ATCTT",
                                                              "AIza",
                                                              "BSA",
                                                              "cfat_",
                                                              "cfut_",
                                                              "eyJ",
                                                              "fc-",
                                                              "figd_",
                                                              "figp_",
                                                              "gho_",
                                                              "ghp_",
                                                              "ghr_",
                                                              "ghs_",
                                                              "ghu_",
                                                              "github_pat_",
                                                              "glc_",
                                                              "glpat-",
                                                              "glsa_",
                                                              "hf_",
                                                              "lin_api_",
                                                              "npm_",
                                                              "ntn_",
                                                              "phc_",
                                                              "phx_",
                                                              "rk_live_",
                                                              "rk_test_",
                                                              "sbp_",
                                                              "secret_",
                                                              "sk-",
                                                              "sk_live_",
                                                              "sk_test_",
                                                              "sntryi_",
                                                              "sntrys_",
                                                              "sntryu_",
                                                              "tvly-",
                                                              "xapp-",
                                                              "xoxb-",
                                                              "xoxc-",
                                                              "xoxd-",
                                                              "xoxe",
                                                              "xoxp-"});

bool has(std::string_view text, char from, char to) {
  return std::any_of(text.begin(), text.end(), [=](char c) { return c >= from && c <= to; });
}

}  // namespace

bool looks_like_secret(std::string_view text) {
  while (text.starts_with('-')) text.remove_prefix(1);
  if (const std::size_t equals = text.find('='); equals != std::string_view::npos && equals + 1 < text.size())
    return looks_like_secret(text.substr(equals + 1));
  constexpr std::size_t kShortestToken = 16;
  if (text.size() < kShortestToken) return false;
  if (std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](std::string_view b) { return text.starts_with(b); }))
    return true;
  if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) {
    // A password in an address: scheme://user:password@host
    const std::string_view authority = text.substr(scheme + 3, text.find('/', scheme + 3) - scheme - 3);
    const std::size_t at = authority.find('@');
    return at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos;
  }
  if (text.find_first_of("/\\. ") != std::string_view::npos) return false;  // a path, a host, a sentence
  return text.size() >= 24 && has(text, '0', '9') && has(text, 'a', 'z') && has(text, 'A', 'Z');
}

}  // namespace mcpcred
