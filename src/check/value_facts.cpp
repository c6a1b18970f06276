#include "check/value_facts.h"

#include "check/connection_uri.h"
#include "check/embedded_dates.h"

namespace mcpcred {
namespace {

ValueFacts connection_uri(std::string_view value) {
  ValueFacts facts;
  switch (password_of_uri(value)) {
    case UriPassword::kPresent:
      break;
    case UriPassword::kMissing:
      facts.note = "it holds no password: the server must be let in another way (certificate, password file)";
      break;
    case UriPassword::kPlaceholder:
      facts.malformed = "it still holds a placeholder where the password belongs";
      break;
  }
  return facts;
}

ValueFacts kubeconfig(std::string_view value) {
  ValueFacts facts;
  auto found = read_kubeconfig(value);
  facts.recognised = found.has_value();
  if (found) {
    facts.note = std::move(found->note);
    facts.expires = found->expires;
  }
  return facts;
}

}  // namespace

ValueFacts read_value(std::string_view algorithm, std::string_view value) {
  if (algorithm == "connection_uri") return connection_uri(value);
  if (algorithm == "kubeconfig") return kubeconfig(value);
  ValueFacts facts;
  if (algorithm == "github_crc32_base62") facts.checksum = github_crc32_base62(value);
  if (algorithm == "ado_pat_legacy") facts.checksum = ado_pat_legacy(value);
  if (algorithm == "gitlab_routable") facts.checksum = gitlab_routable(value);
  if (algorithm == "grafana_glsa") facts.checksum = grafana_glsa(value);
  if (algorithm == "atlassian_crc") facts.checksum = atlassian_crc(value);
  if (algorithm == "ado_pat_84") facts.created_not_before = ado_pat_month(value);
  if (algorithm == "jwt") facts.expires = jwt_expiry(value);
  if (algorithm == "sentry_org_payload") facts.recognised = is_sentry_org_token(value);
  return facts;
}

}  // namespace mcpcred
