#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/catalog.h"
#include "mcpcred/registry.h"
#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred {

/// Where a command is looked for.
struct LaunchPlace {
  std::string path;    ///< PATH of the caller
  std::string folder;  ///< working folder, absolute
};

/// What would be started, before any secret was read.
struct LaunchPlan {
  const CatalogServer* server = nullptr;
  std::string account;
  bool catalog = false;                    ///< the catalog's own command, none was given
  const LaunchVariant* variant = nullptr;  ///< whose mappings are used
  std::string program;                     ///< as typed or as in the catalog
  std::string executable;         ///< absolute; empty where it could not be found (a catalog command, see `missing`)
  std::vector<std::string> args;  ///< without the program; companions filled in
  std::vector<std::string> env_names;        ///< every name that may be handed over, sorted
  std::map<std::string, std::string> hosts;  ///< bound companions that are set
  std::string folder;
  std::vector<EntryKey> secrets;  ///< what has to be read from the store, without our own keys
};

/// Chooses variant, program and arguments. `command` empty: the catalog's own one. A given command that is the one of a
/// named variant of the catalog gets that variant's mappings, else the default's. Errors: a companion is missing
/// (kNotFound), the variant cannot be used by us (kRefused), the given command is not there (kCommandNotFound).
/// For the catalog's own command the executable is the one that was approved, else the one on PATH.
Result<LaunchPlan> plan_launch(const CatalogServer& server, const AccountName& account, const Registry& registry,
                               std::span<const std::string> command, const LaunchPlace& place);

/// Whether an approval is bound to this companion: it says where the secrets go, or stands in a command's arguments.
bool is_bound_companion(const CatalogServer& server, const Companion& companion);

/// Whether `trust` lets the plan have its secrets; the error (kRefused) names what differs from what was approved and
/// the command that approves it. Without the MAC's check this may only refuse; verify_trust() comes after.
Result<void> check_approval(const LaunchPlan& plan, const Trust& trust);

/// The approval that a yes to this plan means. Under Policy::kStrict with the executable's digest and the folder.
Result<Approval> make_approval(const LaunchPlan& plan, Policy policy, Timestamp now, std::string_view by);

/// "NAME=value" entries of the child: `inherited` without loader variables (LD_PRELOAD, DYLD_*, …), our own
/// (MCPCRED_*) and whatever the server's host companions are called, plus the plan's mappings. PATH begins with the
/// program's own folder: npx and the like find their interpreter there, whatever the caller's PATH has first. `values`
/// stand in the order of plan.secrets. Errors: a value missing (kNotFound), one with NUL or of the wrong kind
/// (kInvalidInput).
Result<std::vector<Secret>> build_environment(const LaunchPlan& plan, const Registry& registry,
                                              std::span<const std::optional<Secret>> values,
                                              std::span<const std::string_view> inherited);

/// Applies one mapping to a value. {NAME} of companions in the mapping's text must have been filled in before.
Result<Secret> apply_transform(const EnvMapping& mapping, std::string_view value);

/// `program` and `args` as one would type them in a POSIX shell; control characters escaped.
std::string shown_command(std::string_view program, std::span<const std::string> args);

}  // namespace mcpcred
