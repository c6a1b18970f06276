#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"

namespace mcpcred::cli {

/// What may stand in a word of the command line, so that a shell can complete it.
enum class WordKind : std::uint8_t {
  kAny,          ///< nothing that could be listed
  kServer,       ///< a server of the catalog
  kStoredWord,   ///< a stored variable, or a server of which something is stored
  kStoreWord,    ///< what `store` takes: a server or a variable of the catalog
  kStore,        ///< a store of this system
  kAccount,      ///< an account of which something is stored
  kClient,       ///< a known MCP client
  kEnvironment,  ///< the name of a variable of the environment
  kShell,        ///< a shell that `export` can write for
  kFile,
  kFolder,
  kProgram,
};

/// The kind of a word, or the choices that there are. Choices of a positional are not checked by the parser.
struct WordSpec {
  WordSpec(WordKind word_kind = WordKind::kAny) : kind(word_kind) {}  // NOLINT(google-explicit-constructor)
  WordSpec(std::initializer_list<std::string> words) : choices(words) {}
  WordKind kind = WordKind::kAny;
  std::vector<std::string> choices{};
};

enum class OptionForm : std::uint8_t {
  kFlag,
  kValue,
  kPositional,
  kPositionals,  ///< any number of them
  kRest,         ///< what stands behind --
};

/// One declaration, as help, manual and completion show it.
struct OptionInfo {
  OptionForm form = OptionForm::kFlag;
  std::vector<std::string> names{};  ///< "-y", "--yes"; of a word that is no option its one name
  std::string placeholder{};         ///< of a value: "DIR", "auto|always|never"
  std::string help{};
  std::string group{};  ///< heading in the help text; empty: the command's own options
  WordSpec word{};
  bool required = false;
  bool repeated = false;  ///< may be given several times
};

/// How a command is used, and what that does.
struct Example {
  std::string line;
  std::string meaning;
};

/// The options of one command line. The only place that knows CLI11 is options.cpp, as it takes ten seconds to compile,
/// and only parse() builds what CLI11 needs: completion and help do without. Targets must outlive parse().
class OptionSet {
 public:
  OptionSet(std::string command, std::string summary);
  ~OptionSet();
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  void flag(const std::string& names, bool& target, const std::string& help);
  void text(const std::string& names, std::string& target, const std::string& placeholder, const std::string& help,
            WordSpec word = {});
  void text(const std::string& names, std::optional<std::string>& target, const std::string& placeholder,
            const std::string& help, WordSpec word = {});
  /// May be given several times.
  void texts(const std::string& names, std::vector<std::string>& target, const std::string& placeholder,
             const std::string& help, WordSpec word = {});
  void choice(const std::string& names, std::string& target, const std::vector<std::string>& choices,
              const std::string& help);
  void positional(const std::string& name, std::string& target, const std::string& help, bool required = true,
                  WordSpec word = {});
  void positionals(const std::string& name, std::vector<std::string>& target, const std::string& help,
                   WordSpec word = {});
  /// What stands behind `--`, untouched. Commands that do not ask for it refuse a `--`.
  void rest(const std::string& name, std::vector<std::string>& target, const std::string& help);
  /// What to say of a word too many, in place of the usual message. Such a word is never repeated: it may be a secret.
  void on_extra_word(Error error);
  /// A text that ends the help and the manual's entry, with a line end; made only when it is shown.
  void footer(std::string (*make)());
  /// Options declared from here on stand under this heading of the help text.
  void group(const std::string& heading);
  /// For the end of the help text and the manual.
  void example(std::string line, std::string meaning);

  /// kUsage with the option's name, never with a value.
  Result<void> parse(const std::vector<std::string>& words);

  const std::string& command() const { return command_; }
  const std::string& summary() const { return summary_; }
  std::span<const OptionInfo> declared() const { return declared_; }
  std::span<const Example> examples() const { return examples_; }
  std::string footer() const { return footer_ == nullptr ? std::string() : footer_(); }

 private:
  struct Target;
  OptionInfo& declare(OptionForm form, const std::string& names, const std::string& help, Target target);
  std::string nearest_option(std::string_view typed) const;

  std::string command_;
  std::string summary_;
  std::string group_;
  std::vector<OptionInfo> declared_;
  std::vector<Target> targets_;  // one for each declaration
  std::vector<Example> examples_;
  std::string (*footer_)() = nullptr;
  std::optional<Error> extra_word_;
};

}  // namespace mcpcred::cli
