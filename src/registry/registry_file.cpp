#include "core/encoding.h"
#include "core/log.h"
#include "mcpcred/registry.h"
#include "platform/file.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxRegistryBytes = 16 * 1024 * 1024;

}  // namespace

RegistryFile::RegistryFile(std::string state_dir)
    : state_dir_(std::move(state_dir)), path_(state_dir_ + "/registry.json") {}

Result<Registry> RegistryFile::load() const {
  MCPCRED_TRY(present, check_private_dir(state_dir_));
  if (!present) return Registry{};
  MCPCRED_TRY(content, read_file(path_, kMaxRegistryBytes, FileCheck::kPrivate));
  if (!content) return Registry{};
  log_debug("registry: read " + path_);
  auto registry = parse_registry(content->bytes.reveal());
  if (!registry) {
    Error error = std::move(registry).error();
    error.message = printable(path_) + ": " + error.message;
    if (error.hint.empty())
      error.hint =
          "the values are safe in the store: put a copy of that file back, or move it away and, at a terminal: "
          "mcpcred policy bound";
    return Unexpected(std::move(error));
  }
  return registry;
}

Result<void> RegistryFile::save(const Registry& registry) const {
  MCPCRED_CHECK(make_private_dir(state_dir_));
  remove_stale_temps(state_dir_);
  return replace_file(path_, format_registry(registry));
}

}  // namespace mcpcred
