#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/catalog.h"
#include "mcpcred/clock.h"
#include "mcpcred/registry.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// How much a finding matters. Format findings are warnings: providers change formats.
enum class Severity : std::uint8_t { kOk, kWarning, kError };
std::string_view severity_name(Severity severity);

enum class CredentialState : std::uint8_t {
  kOk,          ///< present, nothing wrong in what was looked at
  kDue,         ///< older than its schedule
  kExpired,     ///< past its expiry date
  kMissing,     ///< needed, and not stored
  kUnfinished,  ///< a command that changed it was stopped half way
  kChanged,     ///< the store holds another value than the registry knows, or none (only where values were read)
};
std::string_view state_name(CredentialState state);

/// One thing to know about a credential, or about the whole.
struct ReviewFinding {
  std::string code;  ///< stable: "bad_checksum", "wrong_kind", "expires_soon", "companion_missing", "same_value", …
  Severity severity = Severity::kWarning;
  std::string message;
  std::string hint;
};

/// One credential that is stored, or that a server needs.
struct ReviewItem {
  std::string server;  ///< empty: of no catalog entry
  std::string variable;
  std::string account;
  std::string store;
  CredentialState state = CredentialState::kOk;
  std::optional<Timestamp> stored{};
  Schedule schedule{};
  std::optional<Date> expires{};
  FormatVerdict verdict = FormatVerdict::kUnknown;
  std::string kind{};
  std::string hint{};  ///< what to type where the state is not kOk
  std::vector<ReviewFinding> findings{};

  Severity severity() const;
};

struct ReviewRequest {
  std::vector<std::string> servers{};  ///< named on the command line; empty: whatever the registry holds
  std::string account{};               ///< only this account; empty: all
  std::string store{};                 ///< name of the store in use
  Timestamp now{};
  std::vector<EntryKey> outside{};  ///< items there that other programs made (Credentials::look_around)
};

/// What the registry and the catalog say of the credentials stored and needed; opens no secret. Sorted by server and
/// variable. Unknown servers must have been refused before.
std::vector<ReviewItem> review_registry(const Registry& registry, const Catalog& catalog, const ReviewRequest& request);

/// The same for a store without a registry: values are looked at, ages are unknown. `values` in the order of `keys`.
std::vector<ReviewItem> review_values(const Catalog& catalog, const ReviewRequest& request,
                                      const std::vector<EntryKey>& keys,
                                      const std::vector<std::optional<Secret>>& values);

/// An item of `outside` with its value at hand.
void review_outside_value(ReviewItem& item, const Catalog& catalog, Timestamp now, const Secret& value);

/// With the values at hand (`--read`): is each there, is it the one that the registry knows, what does its text say
/// now. `value` nullopt: the store has none.
void review_value(ReviewItem& item, const Credential& credential, const Catalog& catalog, const StoreKeys& keys,
                  const std::optional<Secret>& value);

}  // namespace mcpcred
