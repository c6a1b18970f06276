#include <sodium.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "core/encoding.h"
#include "core/hints.h"
#include "mcpcred/launch.h"
#include "platform/fs_path.h"

namespace mcpcred {
namespace {

Result<std::string> file_sha256(const std::string& path) {
  std::ifstream file(fs_path(path), std::ios::binary);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<char, 65536> block{};
  while (file.read(block.data(), block.size()) || file.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(block.data()),
                              static_cast<unsigned long long>(file.gcount()));
  if (!file.eof()) return fail(ErrorCode::kIo, printable(path) + " cannot be read to compare it with its approval");
  std::string digest(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
  return hex_encode(digest);
}

std::string approve_command(const LaunchPlan& plan) {
  std::string command = "mcpcred approve " + plan.server->id.str();
  command += account_option(plan.account);
  if (plan.catalog) return command;
  const bool has_secret = std::any_of(plan.args.begin(), plan.args.end(),
                                      [](const std::string& argument) { return looks_like_secret(argument); });
  return command + " -- " + (has_secret ? "COMMAND, without a secret in it" : shown_command(plan.program, plan.args));
}

Unexpected refused(const LaunchPlan& plan, std::string message, std::string first_hint = {}) {
  if (!first_hint.empty()) first_hint += "\n";
  return fail(ErrorCode::kRefused, std::move(message), first_hint + "if this is right: " + approve_command(plan));
}

bool same_command(const Approval& approval, const LaunchPlan& plan) {
  if (approval.executable != plan.executable) return false;
  return approval.catalog ? plan.catalog && approval.program == plan.program
                          : !plan.catalog && approval.args == plan.args;
}

// The catalog's command may also be typed out in full.
bool is_catalog_command_in_full(const Approval& approval, const LaunchPlan& plan) {
  return approval.catalog && !plan.catalog && approval.executable == plan.executable &&
         plan.variant == &plan.server->launch.front() && plan.args == plan.variant->args;
}

std::string names(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& name : list) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text.empty() ? "nothing" : text;
}

// The command fits; now the rest of what was approved.
Result<void> check_details(const LaunchPlan& plan, const Approval& approval, Policy policy) {
  const std::string& id = plan.server->id.str();
  if (approval.entry != plan.server->digest)
    return refused(plan, "servers/" + id + ".json was changed since " + id + " was approved",
                   "look at it: mcpcred catalog show " + id);
  for (const auto& [name, value] : plan.hosts) {
    const auto at = approval.hosts.find(name);
    if (at != approval.hosts.end() && at->second == value) continue;
    std::string message = id + " is approved for ";
    message += at == approval.hosts.end() ? "the usual " + name : name + "=" + printable(at->second);
    message += ", and " + name + " is now " + printable(value);
    return refused(plan, std::move(message));
  }
  if (approval.hosts.size() != plan.hosts.size())
    return refused(plan, "a setting of " + id + " that was approved is no longer there");
  if (!approval.catalog && approval.env != plan.env_names)
    return refused(plan, id + " is approved to hand over " + names(approval.env) + ", and now it would be " +
                             names(plan.env_names));
  if (policy != Policy::kStrict) return {};
  if (plan.variant->mutable_package && plan.catalog)
    return refused(plan, "policy strict: " + plan.variant->package + " is fetched by name, whatever is newest then",
                   "give a fixed version or digest: mcpcred approve " + id + " -- COMMAND");
  if (approval.sha256.empty() || approval.folder != plan.folder)
    return refused(plan, approval.sha256.empty()
                             ? "policy strict: " + id + " was approved before the policy was strict"
                             : "policy strict: " + id + " was approved for the folder " + printable(approval.folder));
  MCPCRED_TRY(digest, file_sha256(plan.executable));
  if (digest != approval.sha256)
    return refused(plan, "policy strict: " + printable(plan.executable) + " was changed since it was approved");
  return {};
}

}  // namespace

Result<void> check_approval(const LaunchPlan& plan, const Trust& trust) {
  if (trust.policy == Policy::kOpen) return {};
  const std::string& id = plan.server->id.str();
  const Approval* other = nullptr;
  for (const Approval& approval : trust.approvals) {
    if (approval.server != id || approval.account != plan.account) continue;
    if (!approval.executable.empty() && (same_command(approval, plan) || is_catalog_command_in_full(approval, plan)))
      return check_details(plan, approval, trust.policy);
    if (other == nullptr || approval.catalog == plan.catalog) other = &approval;
  }
  if (other == nullptr) return refused(plan, id + " is approved for no command yet");
  if (plan.catalog && other->catalog && other->executable.empty())
    return refused(plan,
                   other->program + " was not on PATH when " + id + " was stored, so that it is not approved yet");
  return refused(plan, id + " is approved for another command",
                 "approved: " + shown_command(other->catalog ? other->program : other->executable, other->args));
}

Result<Approval> make_approval(const LaunchPlan& plan, Policy policy, Timestamp now, std::string_view by) {
  Approval approval;
  approval.server = plan.server->id.str();
  approval.account = plan.account;
  approval.catalog = plan.catalog;
  approval.program = plan.program;
  approval.executable = plan.executable;
  approval.args = plan.args;
  approval.env = plan.env_names;
  approval.hosts = plan.hosts;
  approval.entry = plan.server->digest;
  approval.granted = now;
  approval.by = by;
  if (policy == Policy::kStrict && !plan.executable.empty()) {
    MCPCRED_TRY(digest, file_sha256(plan.executable));
    approval.sha256 = std::move(digest);
    approval.folder = plan.folder;
  }
  return approval;
}

}  // namespace mcpcred
