#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"

namespace mcpcred::cli {

/// What a person named: an entry of the catalog, or one variable (of an entry or of none).
struct Target {
  std::optional<CatalogServer> server;
  std::vector<VariableName> variables;  ///< the server's secret variables, or the one that was named
  bool whole_server = false;

  /// Keys of `variables`.
  std::vector<EntryKey> keys(const AccountName& account) const;
  /// Keys of all secrets of the server, secret companions too.
  std::vector<EntryKey> server_secrets(const AccountName& account) const;
  /// The server's id, else the variable's name.
  std::string label() const;
};

/// Whether a variable's server is wanted too; parsing its entry costs a third of a `load`.
enum class Details : std::uint8_t { kServer, kNamesOnly };

/// True for a word that names a variable rather than a server, without a $ before it.
bool reads_as_variable(std::string_view word);

/// Servers are small letters; names with a capital letter or _ are variables; `$name` is one in any case. A name that
/// is neither is refused with the nearest server (kUnknownName), so that a typing error stores nothing.
Result<Target> resolve_target(Context& context, const std::string& word, Details details = Details::kServer);

/// A server of the catalog, or kUnknownName with the nearest one.
Result<CatalogServer> resolve_server(Context& context, const std::string& word);

}  // namespace mcpcred::cli
