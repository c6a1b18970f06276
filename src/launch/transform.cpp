#include "core/encoding.h"
#include "mcpcred/launch.h"

namespace mcpcred {
namespace {

constexpr std::string_view kPlace = "{value}";

// `text` with {value} replaced; `json` escapes the value for a JSON string.
Result<Secret> fill(std::string_view text, std::string_view value, bool json) {
  Secret filled;
  filled.reserve(text.size() + value.size() + 16);
  for (;;) {
    const std::size_t at = text.find(kPlace);
    filled.append(text.substr(0, at));
    if (at == std::string_view::npos) return filled;
    if (!json)
      filled.append(value);
    else if (!append_json_escaped(filled, value))
      return fail(ErrorCode::kInvalidInput, "the value is no UTF-8, and the server wants it inside JSON");
    text.remove_prefix(at + kPlace.size());
  }
}

}  // namespace

Result<Secret> apply_transform(const EnvMapping& mapping, std::string_view value) {
  switch (mapping.transform) {
    case TransformKind::kRaw:
      return Secret::copy_of(value);
    case TransformKind::kTemplate:
      return fill(mapping.text, value, false);
    case TransformKind::kJsonTemplate:
      return fill(mapping.text, value, true);
    case TransformKind::kBase64Template: {
      MCPCRED_TRY(filled, fill(mapping.text, value, false));
      std::string encoded = base64_encode(filled.reveal(), Padding::kRequired);
      Secret result = Secret::copy_of(encoded);
      wipe(encoded.data(), encoded.size());
      return result;
    }
    case TransformKind::kBasicTemplate: {
      MCPCRED_TRY(encoded, apply_transform({.transform = TransformKind::kBase64Template, .text = mapping.text}, value));
      Secret result = Secret::copy_of("Basic ");
      result.append(encoded.reveal());
      return result;
    }
    case TransformKind::kLiteral:
      return Secret::copy_of(mapping.text);
  }
  return fail(ErrorCode::kInternal, "an unknown transform");
}

}  // namespace mcpcred
