#include <algorithm>
#include <vector>

#include "core/encoding.h"
#include "store/credential_blob.h"
#include "store/credential_items.h"
#include "store/get_each.h"

// A key maps to one generic credential; credential_blob.h says how names and values are written. A value of several
// items is written from its second item on, under names that the former value does not use, and the first item last: it
// names the others and the write they belong to. Who reads sees the former value or the new one, and where a part is
// missing or of another write, an error (kCorrupt). What is left over is removed then; what a killed write left is
// removed by the next one.
// Cannot: tell names apart that differ in letter case only. The other one is neither read nor replaced.
namespace mcpcred {
namespace {

constexpr int kReadTries = 4;
constexpr std::size_t kIdBytes = 8;

std::string new_id() {
  std::string bytes(kIdBytes, '\0');
  random_fill(bytes.data(), bytes.size());
  return hex_encode(bytes);
}

// Not in the middle of a character, so that each item is text by itself.
std::vector<std::string_view> split(std::string_view bytes) {
  std::vector<std::string_view> pieces;
  while (bytes.size() > kMaxCredentialBlob) {
    std::size_t size = kMaxCredentialBlob;
    if ((static_cast<unsigned char>(bytes[size - 1]) & 0xFCU) == 0xD8U) size -= 2;
    pieces.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  pieces.push_back(bytes);
  return pieces;
}

class CredentialManagerStore final : public SecretStore {
 public:
  explicit CredentialManagerStore(std::unique_ptr<CredentialItems> items) : items_(std::move(items)) {}

  const StoreTraits& traits() const override {
    static constexpr StoreTraits kTraits{"credential-manager", "Credential Manager", kMaxSecretBytes, true, true, true};
    return kTraits;
  }

  Result<void> available() override {
    MCPCRED_CHECK(items_->read(target_of(EntryKey::keys())));
    return {};
  }

  Result<std::optional<Secret>> get(const EntryKey& key) override {
    const std::string target = target_of(key);
    for (int i = 0; i < kReadTries; ++i) {
      MCPCRED_TRY(first, read_exactly(target));
      if (!first) return std::optional<Secret>();
      auto value = value_of(*first);
      if (value || value.error().code != ErrorCode::kCorrupt) return value;
      // Another program may have replaced it while we read.
      MCPCRED_TRY(again, read_exactly(target));
      if (again && again->comment == first->comment) return value;
    }
    return fail(ErrorCode::kBusy, "the item " + target + " is being replaced all the time", "try again later");
  }

  Result<std::vector<std::optional<Secret>>> get_many(std::span<const EntryKey> keys) override {
    return get_each(*this, keys);
  }

  Result<void> put(const EntryKey& key, const Secret& value) override {
    MCPCRED_CHECK(check_put(traits(), value));
    const std::string target = target_of(key);
    MCPCRED_TRY(former, items_->read(target));
    if (former && former->target != target)
      return fail(ErrorCode::kConflict,
                  "the Credential Manager has an item " + printable(former->target) + ", which differs from " + target +
                      " in letter case only",
                  "remove that one, or store under its name");
    const EncodedValue encoded = encode_value(value.reveal());
    const auto pieces = split(encoded.bytes.reveal());
    BlobLabel label;
    label.encoding = encoded.encoding;
    label.items = static_cast<unsigned>(pieces.size());
    if (label.items > 1) {
      label.id = new_id();
      label.first_part = free_number(former, label.items - 1);
    }
    for (unsigned i = 1; i < label.items; ++i) {
      const unsigned number = label.first_part + i - 1;
      MCPCRED_CHECK(
          items_->write({part_target(target, number), part_label(label.id, number), Secret::copy_of(pieces[i])}));
    }
    MCPCRED_CHECK(items_->write({target, format_label(label), Secret::copy_of(pieces[0])}));
    return remove_parts(target, label);
  }

  Result<bool> erase(const EntryKey& key) override {
    const std::string target = target_of(key);
    MCPCRED_TRY(found, items_->read(target));
    if (found && found->target != target) return false;
    bool removed = false;
    if (found) {
      MCPCRED_TRY(gone, items_->remove(target));
      removed = gone;
    }
    MCPCRED_CHECK(remove_parts(target, {}));
    return removed;
  }

  Result<std::vector<EntryKey>> list() override {
    MCPCRED_TRY(names, items_->names({}));
    std::vector<EntryKey> keys;
    for (const std::string& name : names)
      if (auto key = key_of_target(name); key && !key->is_hidden()) keys.push_back(std::move(*key));
    std::sort(keys.begin(), keys.end());
    return keys;
  }

 private:
  Result<std::optional<CredentialItem>> read_exactly(const std::string& target) {
    auto item = items_->read(target);
    if (item && *item && (*item)->target != target) return std::optional<CredentialItem>();
    return item;
  }

  Result<std::optional<Secret>> value_of(const CredentialItem& first) {
    const auto label = parse_label(first.comment);
    if (!label) {
      Secret value = decode_foreign(first.blob.reveal());
      if (value.empty()) return std::optional<Secret>();  // an item without a value is none
      return std::optional<Secret>(std::move(value));
    }
    Secret bytes = first.blob.clone();
    for (unsigned i = 1; i < label->items; ++i) {
      const unsigned number = label->first_part + i - 1;
      MCPCRED_TRY(part, read_exactly(part_target(first.target, number)));
      if (!part || part->comment != part_label(label->id, number))
        return fail(ErrorCode::kCorrupt,
                    "a part of " + first.target + " in the Credential Manager is missing or not of this value",
                    "store it again: mcpcred store --replace");
      bytes.append(part->blob.reveal());
    }
    auto value = decode_value(label->encoding, bytes.reveal());
    if (!value)
      return fail(ErrorCode::kCorrupt, first.target + " in the Credential Manager: " + value.error().message,
                  "store it again: mcpcred store --replace");
    return std::optional<Secret>(std::move(*value));
  }

  // Where `count` parts can go without touching one of the former value's.
  static unsigned free_number(const std::optional<CredentialItem>& former, unsigned count) {
    constexpr unsigned kFirst = 2;
    const auto label = former ? parse_label(former->comment) : std::nullopt;
    if (!label || label->items == 1 || kFirst + count <= label->first_part) return kFirst;
    return label->first_part + label->items - 1;
  }

  // All parts but those of `kept`.
  Result<void> remove_parts(const std::string& target, const BlobLabel& kept) {
    MCPCRED_TRY(names, items_->names(target + "#"));
    for (const std::string& name : names) {
      const auto number = part_number(name, target);
      if (!number || (*number >= kept.first_part && *number < kept.first_part + kept.items - 1)) continue;
      MCPCRED_CHECK(items_->remove(name));
    }
    return {};
  }

  std::unique_ptr<CredentialItems> items_;
};

}  // namespace

std::unique_ptr<SecretStore> make_credential_manager_store(std::unique_ptr<CredentialItems> items) {
  return std::make_unique<CredentialManagerStore>(std::move(items));
}

}  // namespace mcpcred
