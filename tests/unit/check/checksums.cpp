#include "check/checksums.h"

#include "catch.h"
#include "unit/check/token_maker.h"

using mcpcred::ChecksumVerdict;

namespace {

// The synthetic vectors of the facts, in parts.
const std::string kGitHub = std::string("gh") + "p_" + "EXAMPLEexampleEXAMPLEexample00" + "2dPYoc";
const std::string kGitHubZero = std::string("gh") + "p_" + "EXAMPLEexampleEXAMPLE000000267" + "001p1u";
const std::string kNpm = std::string("np") + "m_" + "EXAMPLEexampleEXAMPLEexample00" + "2dPYoc";
const std::string kAzure = std::string("aeblqayeaudjgtihbaequcymbuha") + "6earcijwcfavcylrqgi2dmoa";
const std::string kGitLab = std::string("gl") + "pat-" + "AAAAAAAAAAAAAAAAAAAAAG86MQp1OjFqawk" + ".01.0z" + "1iiu6nu";
const std::string kGrafana = std::string("gl") + "sa_" + "EXAMPLEexampleEXAMPLEexample0000" + "_00885bd8";

std::string atlassian_vector() {
  std::string token = std::string("ATA") + "TT3xFfGF0" + "EXAMPLE-example_";
  for (int i = 0; i < 8; ++i) token += "EXAMPLE-example_";
  return token + "=508FB633";
}

template <class Check>
void every_change_is_seen(const std::string& token, std::size_t from, Check check) {
  REQUIRE(check(token) == ChecksumVerdict::kFits);
  for (std::size_t i = from; i < token.size(); ++i) {
    if (token[i] == '_' || token[i] == '-' || token[i] == '.' || token[i] == '=') continue;
    INFO("character " << i);
    CHECK(check(token_maker::changed(token, i)) == ChecksumVerdict::kDiffers);
  }
}

}  // namespace

TEST_CASE("CRC-32 has its published check value") {
  CHECK(mcpcred::crc32("123456789") == 0xCBF43926U);
  CHECK(mcpcred::crc32("") == 0U);
}

TEST_CASE("GitHub's and npm's checksum: the facts' vectors, and every changed character is seen") {
  CHECK(mcpcred::github_crc32_base62(kGitHub) == ChecksumVerdict::kFits);
  CHECK(mcpcred::github_crc32_base62(kGitHubZero) == ChecksumVerdict::kFits);
  CHECK(mcpcred::github_crc32_base62(kNpm) == ChecksumVerdict::kFits);
  every_change_is_seen(kGitHub, 4, mcpcred::github_crc32_base62);
  every_change_is_seen(token_maker::github(), 4, mcpcred::github_crc32_base62);
  CHECK(mcpcred::github_crc32_base62(kGitHub + "x") == ChecksumVerdict::kNone);
  CHECK(mcpcred::github_crc32_base62("") == ChecksumVerdict::kNone);
}

TEST_CASE("the checksum of Azure DevOps tokens of the older form") {
  CHECK(mcpcred::ado_pat_legacy(kAzure) == ChecksumVerdict::kFits);
  REQUIRE(token_maker::azure_legacy().size() == 52);
  // The last character, which has four unused bits, stays as it is.
  const char last = token_maker::azure_legacy().back();
  every_change_is_seen(token_maker::azure_legacy().substr(0, 51), 0,
                       [&](const std::string& token) { return mcpcred::ado_pat_legacy(token + last); });
  CHECK(mcpcred::ado_pat_legacy("short") == ChecksumVerdict::kNone);
  CHECK(mcpcred::ado_pat_legacy(std::string(52, '0')) == ChecksumVerdict::kDiffers);
}

TEST_CASE("GitLab's checksum covers prefix, payload and length") {
  CHECK(mcpcred::gitlab_routable(kGitLab) == ChecksumVerdict::kFits);
  every_change_is_seen(kGitLab, 6, mcpcred::gitlab_routable);
  every_change_is_seen(token_maker::gitlab_routable(), 6, mcpcred::gitlab_routable);
  CHECK(mcpcred::gitlab_routable("glpat-") == ChecksumVerdict::kNone);
}

TEST_CASE("Grafana's checksum") {
  CHECK(mcpcred::grafana_glsa(kGrafana) == ChecksumVerdict::kFits);
  every_change_is_seen(kGrafana, 5, mcpcred::grafana_glsa);
  every_change_is_seen(token_maker::grafana(), 5, mcpcred::grafana_glsa);
}

TEST_CASE("Atlassian's checksum") {
  const std::string token = atlassian_vector();
  CHECK(mcpcred::atlassian_crc(token) == ChecksumVerdict::kFits);
  every_change_is_seen(token, 0, mcpcred::atlassian_crc);
  every_change_is_seen(token_maker::atlassian(), 0, mcpcred::atlassian_crc);
  CHECK(mcpcred::atlassian_crc("AAAA") == ChecksumVerdict::kNone);
}

TEST_CASE("a new Azure DevOps token tells its month") {
  const auto month = [](char year, char letter) {
    const auto date = mcpcred::ado_pat_month(token_maker::azure_new(year, letter));
    return date ? mcpcred::format_date(*date) : "";
  };
  CHECK(month('A', 'A') == "2024-01-01");
  CHECK(month('B', 'L') == "2025-12-01");
  CHECK(month('C', 'K') == "2026-11-01");
  CHECK(month('B', 'M').empty());
  CHECK(month('-', 'A').empty());
  CHECK_FALSE(mcpcred::ado_pat_month(token_maker::text(84)).has_value());
}

TEST_CASE("an AWS access key id tells its account") {
  CHECK(mcpcred::aws_account_of(std::string("ASIA") + "QNZGKIQY" + "56JQ7WML") == "029608264753");
  CHECK_FALSE(mcpcred::aws_account_of("AKIAI" + std::string(15, 'A')).has_value());
  CHECK_FALSE(mcpcred::aws_account_of("AKIA").has_value());
  CHECK_FALSE(mcpcred::aws_account_of(std::string(20, '0')).has_value());
}
