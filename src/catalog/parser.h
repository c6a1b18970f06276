#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "catalog/field_reader.h"
#include "mcpcred/catalog.h"

namespace mcpcred {

/// Whether regular expressions are compiled to see if they can be. Those of the built-in entries are in the tests:
/// compiling them at each start of a server would cost more than all the rest.
enum class PatternCheck : std::uint8_t { kCompile, kTrusted };

/// The entry, or nullopt with `problem` set.
std::optional<CatalogServer> read_entry(const nlohmann::json& object, PatternCheck patterns, EntryProblem& problem);

// Its parts, each in its own file.
std::vector<CatalogVariable> read_variables(FieldReader& entry, PatternCheck patterns);
std::vector<Companion> read_companions(FieldReader& entry, PatternCheck patterns);
std::vector<LaunchVariant> read_launch(FieldReader& entry);
std::vector<RemoteEndpoint> read_remote(FieldReader& entry);

/// What the parts must agree on: names unique, every `from` and {NAME} declared, no secret on a command line or in an
/// address, docker told of each variable.
void check_names(const CatalogServer& server, EntryProblem& problem);
void check_launch(const CatalogServer& server, EntryProblem& problem);
void check_remote(const CatalogServer& server, EntryProblem& problem);
/// The mappings of one variant or endpoint; `at` is the path of their list.
void check_mappings(const CatalogServer& server, const std::vector<EnvMapping>& mappings, const JsonPath& at,
                    EntryProblem& problem);

/// `path` with more steps.
JsonPath joined(JsonPath path, std::string_view key, std::size_t index);
JsonPath joined(JsonPath path, std::string_view key);

/// The NAMEs of {NAME} in `text`, but not of ${NAME}. {value} is not among them.
std::vector<std::string> placeholders(std::string_view text);

/// Names that TokenFormat::checksum may have; check/value_facts.cpp knows each.
bool is_algorithm(std::string_view name);

}  // namespace mcpcred
