#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/ids.h"
#include "mcpcred/result.h"

namespace mcpcred {

/// One shape that a token may have.
struct TokenFormat {
  std::string id;
  std::string kind;        ///< as people call it: "classic personal access token"
  std::string pattern;     ///< ECMAScript regular expression over the whole value; empty: not checkable by a pattern
  std::string checksum;    ///< name of an algorithm in check/value_facts.h; empty: none
  std::string wrong_kind;  ///< why this kind cannot serve here, with what to use instead; empty: it can
  std::string note;
};

/// A secret variable of a server.
struct CatalogVariable {
  std::string name;
  std::string label;  ///< "personal access token"
  bool required = true;
  std::vector<TokenFormat> formats;
};

/// A setting that goes with the secret ("organization", "site").
struct Companion {
  std::string name;
  std::string label;
  bool required = false;
  bool secret = false;  ///< stored like a variable (AWS_SESSION_TOKEN)
  bool host = false;    ///< says where the secret is sent to: part of an approval
  std::string pattern;  ///< ECMAScript, over the whole value; empty: anything
  std::string example;
};

enum class TransformKind : std::uint8_t {
  kRaw,             ///< the value as stored
  kTemplate,        ///< `text` with {value} replaced
  kBase64Template,  ///< standard base64 of the template's result, never wrapped
  kJsonTemplate,    ///< `text` with {value} replaced by the value as it stands inside a JSON string
  kLiteral,         ///< `text` itself; `from` is empty
  kBasicTemplate,   ///< "Basic " and the base64 of `text` with {value} and each {NAME} of a companion replaced
};

/// One variable that a server program reads.
struct EnvMapping {
  std::string name{};  ///< as the server reads it: GITHUB_PERSONAL_ACCESS_TOKEN
  std::string from{};  ///< variable or companion of this entry; empty for a literal
  TransformKind transform = TransformKind::kRaw;
  std::string text{};
  bool required = true;
  bool secret = true;
  std::string when_prefix{};  ///< only where the stored value begins so (xoxb-, ck_); empty: always
  bool wants_path = false;    ///< the server wants a file's path (KUBECONFIG), not its content
};

/// One way to start a server.
struct LaunchVariant {
  std::string id;  ///< "docker", "npx-archived", …; unique in the entry
  std::string package;
  std::string status;  ///< "official", "community", "archived 2025-05-29", …
  std::string command;
  std::vector<std::string> args;  ///< {NAME} stands for a companion's value; ${NAME} stays (mcp-remote expands it)
  std::vector<EnvMapping> env;
  bool mutable_package = false;  ///< what runs is fetched by name without a fixed version
  std::string unusable;          ///< why it cannot be launched by us (secret on argv); empty: it can
  std::string note;
};

/// A remote MCP endpoint.
struct RemoteEndpoint {
  std::string url;                  ///< may hold {NAME} of a companion
  bool static_token = false;        ///< takes a stored token in a header
  std::string auth;                 ///< in words, where it does not
  std::vector<EnvMapping> headers;  ///< name = header's name
};

/// What is known of a provider and its servers.
struct CatalogServer {
  ServerId id;
  std::string name;
  bool from_guide = false;                 ///< one of the 15 rows of the guide's table
  bool user_defined = false;               ///< comes from, or was changed by, the user's servers/ folder
  std::string digest;                      ///< SHA-256 (hex) of the user's file; empty for a built-in entry
  std::string token_type;                  ///< the guide's column
  std::string setup_complexity;            ///< "low", "medium", "high"
  std::vector<std::string> scopes;         ///< the guide's least privilege
  std::vector<std::string> server_scopes;  ///< what the usual server wants, where the facts tell
  std::vector<CatalogVariable> variables;
  std::vector<Companion> companions;
  std::vector<LaunchVariant> launch;  ///< the first one is the default
  std::vector<RemoteEndpoint> remote;
  std::string create_page;  ///< may hold {NAME} of a companion
  std::string revoke_page;
  std::optional<int> rotate_days;  ///< the schedule; nullopt: by the provider's own dates
  std::string rotate_source;       ///< "guide", "provider", "default"
  std::optional<int> max_days;     ///< longest life the provider gives
  std::vector<std::string> notes;
  std::vector<std::string> unverified;  ///< statements that still want a live check

  const CatalogVariable* variable(std::string_view name) const;
  const Companion* companion(std::string_view name) const;
};

/// What is known of an entry without parsing it.
struct CatalogName {
  std::string id;
  std::string name;       ///< the provider's; of an entry that only the user has: where it comes from
  std::string variables;  ///< names of the secrets, one space between; of the user's entries not known
  bool user_defined = false;
};

/// A user's file that could not be used. The rest of the catalog works.
struct CatalogProblem {
  std::string file;
  unsigned line = 0;  ///< 1-based, 0 where unknown
  std::string reason;
};

/// The servers known: 32 built in, extended or overridden by `servers_dir`/*.json. Entries are parsed when they are
/// asked for, so that a command that names one server pays for one.
class Catalog {
 public:
  /// `servers_dir` may be absent or empty.
  explicit Catalog(std::string servers_dir);

  /// nullopt: no entry of that id. An error: the user's file for it is bad (message has file, line and reason).
  Result<std::optional<CatalogServer>> find(std::string_view id) const;

  /// The id of the entry that declares this secret variable or secret companion; nullopt: none does.
  std::optional<std::string> server_of(std::string_view variable) const;

  /// All ids, sorted, the guide's first.
  std::vector<std::string> ids() const;

  /// The same with names, in the same order; no file is read.
  std::vector<CatalogName> names() const;

  /// The ids nearest to a mistyped one, best first, at most three; empty if none is near.
  std::vector<std::string> nearest(std::string_view id) const;

  /// What is wrong with the user's files; parses all of them.
  std::vector<CatalogProblem> problems() const;

 private:
  std::string servers_dir_;
};

/// Parses one entry; used for the built-in ones and the user's. `file` names it in errors.
Result<CatalogServer> parse_catalog_server(std::string_view json, std::string_view file);

}  // namespace mcpcred
