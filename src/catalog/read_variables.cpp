#include <algorithm>
#include <array>
#include <regex>

#include "catalog/parser.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxPattern = 512;  // std::regex compiles recursively

constexpr std::array<std::string_view, 10> kAlgorithms = {
    "ado_pat_84",      "ado_pat_legacy", "atlassian_crc", "connection_uri", "github_crc32_base62",
    "gitlab_routable", "grafana_glsa",   "jwt",           "kubeconfig",     "sentry_org_payload",
};

bool compiles(const std::string& pattern) {
  try {
    const std::regex regex(pattern, std::regex::ECMAScript);
    return true;
  } catch (const std::regex_error&) {
    return false;
  }
}

std::string read_pattern(FieldReader& fields, PatternCheck patterns) {
  std::string pattern = fields.text("pattern", Need::kOptional);
  if (pattern.size() > kMaxPattern)
    fields.wrong("pattern", "is longer than 512 bytes");
  else if (!pattern.empty() && patterns == PatternCheck::kCompile && !compiles(pattern))
    fields.wrong("pattern", "is no regular expression (ECMAScript)");
  return pattern;
}

std::string read_variable_name(FieldReader& fields) {
  std::string name = fields.text("name", Need::kRequired);
  if (!name.empty() && !VariableName::parse(name))
    fields.wrong("name", "cannot be a variable's name: letters, digits and _, not beginning with a digit");
  return name;
}

TokenFormat read_format(FieldReader& fields, PatternCheck patterns) {
  fields.only({"id", "kind", "pattern", "checksum", "wrong_kind", "note"});
  TokenFormat format;
  format.id = fields.text("id", Need::kRequired);
  format.kind = fields.text("kind", Need::kRequired);
  format.pattern = read_pattern(fields, patterns);
  format.checksum = fields.text("checksum", Need::kOptional);
  format.wrong_kind = fields.text("wrong_kind", Need::kOptional);
  format.note = fields.text("note", Need::kOptional);
  if (!format.checksum.empty() && !is_algorithm(format.checksum))
    fields.wrong("checksum", "is no known algorithm; docs/catalog.md lists them");
  return format;
}

}  // namespace

bool is_algorithm(std::string_view name) {
  return std::find(kAlgorithms.begin(), kAlgorithms.end(), name) != kAlgorithms.end();
}

std::vector<CatalogVariable> read_variables(FieldReader& entry, PatternCheck patterns) {
  std::vector<CatalogVariable> variables;
  auto readers = entry.objects("variables", Need::kRequired);
  if (readers.empty()) entry.wrong("variables", "is empty");
  for (FieldReader& fields : readers) {
    fields.only({"name", "label", "required", "formats"});
    CatalogVariable variable;
    variable.name = read_variable_name(fields);
    variable.label = fields.text("label", Need::kRequired);
    variable.required = fields.flag("required", true);
    for (FieldReader& format : fields.objects("formats")) variable.formats.push_back(read_format(format, patterns));
    variables.push_back(std::move(variable));
  }
  return variables;
}

std::vector<Companion> read_companions(FieldReader& entry, PatternCheck patterns) {
  std::vector<Companion> companions;
  for (FieldReader& fields : entry.objects("companions")) {
    fields.only({"name", "label", "required", "secret", "host", "pattern", "example"});
    Companion companion;
    companion.name = read_variable_name(fields);
    companion.label = fields.text("label", Need::kRequired);
    companion.required = fields.flag("required", false);
    companion.secret = fields.flag("secret", false);
    companion.host = fields.flag("host", false);
    companion.pattern = read_pattern(fields, patterns);
    companion.example = fields.text("example", Need::kOptional);
    if (companion.secret && companion.host) fields.wrong("secret", "cannot be true of a host");
    companions.push_back(std::move(companion));
  }
  return companions;
}

}  // namespace mcpcred
