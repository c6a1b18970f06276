#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "mcpcred/result.h"

namespace mcpcred {

inline constexpr std::size_t kMaxNameBytes = 255;
inline constexpr std::size_t kMaxSecretBytes = 64 * 1024;  ///< largest value that any store accepts

/// A credential's name: what an environment variable may be called, [A-Za-z_][A-Za-z0-9_]*, at most 255 bytes.
class VariableName {
 public:
  static Result<VariableName> parse(std::string_view text);
  const std::string& str() const { return text_; }
  friend auto operator<=>(const VariableName&, const VariableName&) = default;

 private:
  explicit VariableName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// Whose credential it is: [A-Za-z0-9][A-Za-z0-9._@+-]*, at most 255 bytes. ASCII on purpose: no two accounts
/// can look alike, and every store's item names can hold it.
class AccountName {
 public:
  static Result<AccountName> parse(std::string_view text);
  static AccountName default_account() { return AccountName("default"); }
  bool is_default() const { return text_ == "default"; }
  const std::string& str() const { return text_; }
  friend auto operator<=>(const AccountName&, const AccountName&) = default;

 private:
  explicit AccountName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// An entry of the catalog: [a-z0-9][a-z0-9-]*, at most 64 bytes.
class ServerId {
 public:
  static Result<ServerId> parse(std::string_view text);
  const std::string& str() const { return text_; }
  friend auto operator<=>(const ServerId&, const ServerId&) = default;

 private:
  explicit ServerId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// What a store's items are found by. Besides credentials a store holds hidden items of ours, whose names no
/// variable can have; list() never shows them.
class EntryKey {
 public:
  EntryKey(const VariableName& variable, const AccountName& account)
      : variable_(variable.str()), account_(account.str()) {}
  explicit EntryKey(const VariableName& variable) : EntryKey(variable, AccountName::default_account()) {}

  /// The hidden item with our own keys (registry MAC, fingerprints, audit log).
  static EntryKey keys() { return EntryKey("mcpcred:keys", "default"); }
  /// The hidden item with the former value of `key`; `key` must not be hidden itself.
  static EntryKey previous(const EntryKey& key) { return EntryKey("mcpcred:previous:" + key.variable_, key.account_); }
  /// A key as a store read it back; refuses everything that the functions above do not make.
  static Result<EntryKey> from_stored(std::string_view variable, std::string_view account);

  const std::string& variable() const { return variable_; }
  const std::string& account() const { return account_; }
  bool is_hidden() const { return variable_.find(':') != std::string::npos; }
  friend auto operator<=>(const EntryKey&, const EntryKey&) = default;

 private:
  EntryKey(std::string variable, std::string account) : variable_(std::move(variable)), account_(std::move(account)) {}
  std::string variable_;
  std::string account_;
};

/// True where `a` and `b` differ in letter case only (equal strings do not).
bool differs_only_in_case(std::string_view a, std::string_view b);

}  // namespace mcpcred
