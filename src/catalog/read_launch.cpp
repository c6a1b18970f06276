#include <optional>

#include "catalog/parser.h"

namespace mcpcred {
namespace {

std::optional<TransformKind> transform_from(std::string_view name) {
  if (name.empty() || name == "raw") return TransformKind::kRaw;
  if (name == "template") return TransformKind::kTemplate;
  if (name == "base64_template") return TransformKind::kBase64Template;
  if (name == "json_template") return TransformKind::kJsonTemplate;
  if (name == "basic_template") return TransformKind::kBasicTemplate;
  if (name == "literal") return TransformKind::kLiteral;
  return std::nullopt;
}

EnvMapping read_mapping(FieldReader& fields) {
  fields.only({"name", "from", "transform", "text", "required", "secret", "when_prefix", "wants_path"});
  EnvMapping mapping;
  mapping.name = fields.text("name", Need::kRequired);
  mapping.from = fields.text("from", Need::kOptional);
  if (const auto kind = transform_from(fields.text("transform", Need::kOptional)))
    mapping.transform = *kind;
  else
    fields.wrong("transform", "is none of raw, template, base64_template, json_template, basic_template, literal");
  mapping.text = fields.text("text", Need::kOptional);
  mapping.required = fields.flag("required", true);
  mapping.secret = fields.flag("secret", true);
  mapping.when_prefix = fields.text("when_prefix", Need::kOptional);
  mapping.wants_path = fields.flag("wants_path", false);

  const bool literal = mapping.transform == TransformKind::kLiteral;
  const bool raw = mapping.transform == TransformKind::kRaw;
  if (literal && !mapping.from.empty()) fields.wrong("from", "stands beside the transform literal");
  if (!literal && mapping.from.empty()) fields.wrong("name", "has no from");
  if (raw && !mapping.text.empty()) fields.wrong("text", "stands beside the transform raw");
  if (literal && mapping.text.empty()) fields.wrong("name", "has no text");
  if (!raw && !literal && mapping.text.find("{value}") == std::string::npos)
    fields.wrong(fields.has("text") ? "text" : "name", "has no {value} in its text");
  if (literal && !mapping.when_prefix.empty()) fields.wrong("when_prefix", "stands beside the transform literal");
  if (!raw && mapping.wants_path) fields.wrong("wants_path", "stands beside another transform than raw");
  return mapping;
}

}  // namespace

std::vector<LaunchVariant> read_launch(FieldReader& entry) {
  std::vector<LaunchVariant> variants;
  for (FieldReader& fields : entry.objects("launch")) {
    fields.only({"id", "package", "status", "command", "args", "env", "mutable_package", "unusable", "note"});
    LaunchVariant variant;
    variant.id = fields.text("id", Need::kRequired);
    if (!variant.id.empty() && !ServerId::parse(variant.id))
      fields.wrong("id", "may hold small letters, digits and - only");
    variant.package = fields.text("package", Need::kRequired);
    variant.status = fields.text("status", Need::kOptional);
    variant.command = fields.text("command", Need::kRequired);
    variant.args = fields.texts("args");
    for (FieldReader& mapping : fields.objects("env")) {
      variant.env.push_back(read_mapping(mapping));
      if (!VariableName::parse(variant.env.back().name)) mapping.wrong("name", "cannot be a variable's name");
    }
    variant.mutable_package = fields.flag("mutable_package", false);
    variant.unusable = fields.text("unusable", Need::kOptional);
    variant.note = fields.text("note", Need::kOptional);
    variants.push_back(std::move(variant));
  }
  return variants;
}

std::vector<RemoteEndpoint> read_remote(FieldReader& entry) {
  std::vector<RemoteEndpoint> endpoints;
  for (FieldReader& fields : entry.objects("remote")) {
    fields.only({"url", "static_token", "auth", "headers"});
    RemoteEndpoint endpoint;
    endpoint.url = fields.text("url", Need::kRequired);
    endpoint.static_token = fields.flag("static_token", false);
    endpoint.auth = fields.text("auth", Need::kOptional);
    for (FieldReader& header : fields.objects("headers")) {
      endpoint.headers.push_back(read_mapping(header));
      if (endpoint.headers.back().name.find_first_not_of(
              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != std::string::npos)
        header.wrong("name", "cannot be a header's name");
      if (endpoint.headers.back().wants_path) header.wrong("wants_path", "makes no sense in a header");
    }
    if (endpoint.static_token && endpoint.headers.empty())
      fields.wrong("static_token", "is true, and there is no header");
    if (!endpoint.static_token && !endpoint.headers.empty())
      fields.wrong("headers", "stand there, and static_token is not true");
    endpoints.push_back(std::move(endpoint));
  }
  return endpoints;
}

}  // namespace mcpcred
