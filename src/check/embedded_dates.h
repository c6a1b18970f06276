#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/clock.h"

namespace mcpcred {

/// The day on which a JWT ends (its claim "exp"); nullopt where it has none or is no JWT. Nothing is verified.
std::optional<Date> jwt_expiry(std::string_view token);

/// What the text of a kubeconfig tells without being fully parsed.
struct KubeconfigFacts {
  std::string note;             ///< what to know: TLS verification off, a program that is started
  std::optional<Date> expires;  ///< the earliest end of the tokens in it
};

/// nullopt where `text` does not look like a kubeconfig (YAML or JSON).
std::optional<KubeconfigFacts> read_kubeconfig(std::string_view text);

/// Whether `token` is "sntrys_", base64 of a JSON object that has "iat", and a part after the last '_'.
bool is_sentry_org_token(std::string_view token);

}  // namespace mcpcred
