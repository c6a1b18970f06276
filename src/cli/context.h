#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/io.h"
#include "mcpcred/catalog.h"
#include "mcpcred/credentials.h"
#include "mcpcred/launch.h"
#include "mcpcred/registry.h"
#include "mcpcred/store.h"
#include "mcpcred/vault.h"
#include "platform/paths.h"

namespace mcpcred::cli {

/// The options that every command takes.
struct GlobalOptions {
  std::string store;
  std::string account = "default";
  std::string color = "auto";
  std::string data_dir;
  bool json = false;
  bool yes = false;
  bool offline = false;
  bool quiet = false;
  bool verbose = false;
};

/// What the outside gives a command: streams, person, environment, clock.
struct Outside {
  Io& io;
  Person& person;
  EnvironmentLookup environment;
  std::vector<std::string_view> environment_entries;  ///< "NAME=value", for a child
  Timestamp now{};
};

/// Everything that a command works with, opened when it is first asked for.
class Context {
 public:
  Context(Outside outside, GlobalOptions options);
  ~Context();

  const GlobalOptions options;

  Io& io() { return outside_.io; }
  Person& person() { return outside_.person; }
  const Outside& outside() const { return outside_; }
  Timestamp now() const { return outside_.now; }
  Date today() const { return std::chrono::floor<std::chrono::days>(outside_.now); }

  Result<AccountName> account() const { return AccountName::parse(options.account); }
  Result<Folders> folders();
  Result<const Catalog*> catalog();
  Result<const RegistryFile*> registry_file();
  /// As it was when this command first looked; what changes it reads it anew under its lock.
  Result<const Registry*> registry();
  /// The store that this command uses (context_store.cpp has the order of choice).
  Result<SecretStore*> store();
  /// Another handle on any store of this system by its name.
  Result<std::unique_ptr<SecretStore>> open_store(const std::string& name);
  /// That store with the registry.
  Result<Credentials*> credentials();
  Result<Vault*> vault();
  /// The registry, or an empty one where the store keeps none and the home folder is not looked into.
  Result<const Registry*> known();
  /// True for variables of the catalog, which is opened when the question first comes up.
  Credentials::IsKnownVariable catalog_variables();
  /// Items of the store in use that other programs made under names of the catalog; none where the store is ours alone.
  Result<std::vector<EntryKey>> look_around();
  /// The name of the store that store() opens.
  Result<const std::string*> store_name();
  /// Before a value goes to standard output: in an agent's shell a person at the terminal has to say yes.
  Result<void> allow_reading();
  /// From here on nobody is asked anything: what is locked stays so. Before the store is first used.
  void never_ask() { may_ask_ = false; }
  /// From here on warnings wait, and are said only by release_warnings(): a failure is then told in one line.
  void hold_warnings() { holds_warnings_ = true; }
  void release_warnings();

  /// Where a program is looked for: the caller's PATH, or the usual one where clients give none, and the working
  /// folder, which may be gone (empty).
  LaunchPlace launch_place() const;

  /// A line for people on stderr; nothing under --quiet.
  void say(std::string_view text);
  void warn(std::string_view text);
  void hint(std::string_view text);

  /// A yes or no at the terminal; --yes answers for it. kRefused where nobody can be asked.
  Result<bool> confirm(const std::string& question);
  /// Presence: "yes" typed out at the terminal (--yes does not count), and the passphrase where the vault has one.
  Result<void> require_presence(const std::string& question);

 private:
  Result<std::string> chosen_store();
  std::unique_ptr<SecretStore> platform_store();
  Result<std::unique_ptr<SecretStore>> open_vault_store();
  Result<std::unique_ptr<SecretStore>> open_env_store();

  Outside outside_;
  bool may_ask_ = true;
  bool holds_warnings_ = false;
  std::string held_warnings_;
  std::optional<std::string> store_name_;
  std::optional<Folders> folders_;
  std::optional<Catalog> catalog_;
  std::optional<RegistryFile> registry_file_;
  std::optional<Registry> registry_;
  std::optional<Vault> vault_;
  std::unique_ptr<SecretStore> store_;
  std::unique_ptr<SecretStore> trust_store_;  // the pinned one, where this command uses another
  std::optional<Credentials> credentials_;
};

}  // namespace mcpcred::cli
