#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/ids.h"
#include "mcpcred/result.h"
#include "mcpcred/secret.h"

// How keys and values become items of the Windows Credential Manager; no call of the system is made here.
//
// Names. VARIABLE for the default account, VARIABLE:account for another. Hidden keys have doubled colons
// (mcpcred::keys, mcpcred::previous::VARIABLE[:account]), which neither a variable nor an account can have. What does
// not fit into one item goes on in VARIABLE#2, VARIABLE#3, …: '#' is in no name either.
//
// Values. UTF-16LE, as PowerShell and the system's own window write and read them; bytes that are no text (no UTF-8, or
// with NUL) as base64. The item's comment says which, how many items belong to it, and by which write they were made.
namespace mcpcred {

/// Bytes of one item: what Windows allows since Vista. MinGW's header still says 512, and Wine checks nothing.
inline constexpr std::size_t kMaxCredentialBlob = 2560;

std::string target_of(const EntryKey& key);
/// nullopt: a part, or no name of ours.
std::optional<EntryKey> key_of_target(std::string_view target);

std::string part_target(std::string_view target, unsigned number);
/// The number in `name` where it is that of a part of `target`.
std::optional<unsigned> part_number(std::string_view name, std::string_view target);

enum class BlobEncoding : std::uint8_t { kText, kBase64 };

/// What the comment of a value's first item says.
struct BlobLabel {
  BlobEncoding encoding = BlobEncoding::kText;
  unsigned items = 1;       ///< the first one counts
  unsigned first_part = 2;  ///< number of the second item; the others follow
  std::string id;           ///< of this write, 16 hex digits; empty for a single item
};
std::string format_label(const BlobLabel& label);
/// nullopt: not written by us.
std::optional<BlobLabel> parse_label(std::string_view comment);
/// The comment of the further items, which binds them to one write.
std::string part_label(std::string_view id, unsigned number);

struct EncodedValue {
  BlobEncoding encoding = BlobEncoding::kText;
  Secret bytes;
};
EncodedValue encode_value(std::string_view value);
/// kCorrupt where the bytes are not what the label says.
Result<Secret> decode_value(BlobEncoding encoding, std::string_view bytes);

/// An item of another tool, which says nothing about its encoding. The first that fits:
///   1. UTF-16LE with a zero in an odd place before its last letter (any Latin letter, so every token): UTF-8 text has
///      none
///   2. UTF-8 without zeros; bytes that would be rare letters as UTF-16 too are taken for this
///   3. UTF-16LE of other letters alone
///   4. the bytes as they are
/// One zero at the end, as C programs leave it, is no part of the value.
Secret decode_foreign(std::string_view bytes);

}  // namespace mcpcred
