#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mcpcred/result.h"

namespace mcpcred::cli {

/// The options of one command line; the only place that knows CLI11 is options.cpp, as it takes ten seconds to compile.
/// Targets must outlive parse().
class OptionSet {
 public:
  OptionSet(const std::string& command, const std::string& summary);
  ~OptionSet();
  OptionSet(const OptionSet&) = delete;
  OptionSet& operator=(const OptionSet&) = delete;

  void flag(const std::string& names, bool& target, const std::string& help);
  void text(const std::string& names, std::string& target, const std::string& placeholder, const std::string& help);
  void text(const std::string& names, std::optional<std::string>& target, const std::string& placeholder,
            const std::string& help);
  /// May be given several times.
  void texts(const std::string& names, std::vector<std::string>& target, const std::string& placeholder,
             const std::string& help);
  void choice(const std::string& names, std::string& target, const std::vector<std::string>& choices,
              const std::string& help);
  void positional(const std::string& name, std::string& target, const std::string& help, bool required = true);
  void positionals(const std::string& name, std::vector<std::string>& target, const std::string& help);
  /// What stands behind `--`, untouched. Commands that do not ask for it refuse a `--`.
  void rest(const std::string& name, std::vector<std::string>& target, const std::string& help);
  /// What to say of a word too many, in place of the usual message. Such a word is never repeated: it may be a secret.
  void on_extra_word(Error error);
  /// A text that ends the help; made only when it is shown.
  void footer(std::string (*make)());
  /// Options declared from here on stand under this heading of the help text.
  void group(const std::string& heading);

  /// kUsage with the option's name, never with a value.
  Result<void> parse(const std::vector<std::string>& words);
  std::string help() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace mcpcred::cli
