#pragma once

#include <string>
#include <string_view>

#include "mcpcred/result.h"
#include "mcpcred/secret.h"

namespace mcpcred::age {

/// Who a file is encrypted to: an X25519 public key, written "age1…".
class Recipient {
 public:
  /// kInvalidInput for anything else, and for points that no honest key has.
  static Result<Recipient> parse(std::string_view text);
  static Recipient from_key(std::string key) { return Recipient(std::move(key)); }
  std::string str() const;
  const std::string& key() const { return key_; }  ///< 32 bytes
  friend bool operator==(const Recipient&, const Recipient&) = default;

 private:
  explicit Recipient(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

/// The secret side: 32 bytes S, written "AGE-SECRET-KEY-1…".
class Identity {
 public:
  static Result<Identity> generate();
  /// `key` has 32 bytes.
  static Result<Identity> from_key(Secret key);
  /// An identity file: comments (#), blank lines and exactly one key, lines ended by LF or CRLF. kCorrupt otherwise.
  static Result<Identity> parse(std::string_view text);

  /// The text of an identity file that stock age reads; `vault_id` goes into a comment.
  Secret to_text(std::string_view vault_id) const;
  const Secret& key() const { return key_; }
  const Recipient& recipient() const { return recipient_; }

 private:
  Identity(Secret key, Recipient recipient) : key_(std::move(key)), recipient_(std::move(recipient)) {}
  Secret key_;
  Recipient recipient_;
};

}  // namespace mcpcred::age
