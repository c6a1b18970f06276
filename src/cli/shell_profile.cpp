#include "cli/shell_profile.h"

#include "cli/agent_markers.h"
#include "platform/process.h"

namespace mcpcred::cli {

std::string users_shell(Context& context) {
  const std::string login = context.outside().environment("SHELL").value_or("");
  const std::string parent = parent_program();
  for (const std::string& program : {login, parent})
    if (std::string shell = profile_shell_of(program); !shell.empty()) return shell;
  const std::string& known = login.empty() ? parent : login;
  return known.substr(known.find_last_of("/\\") + 1);
}

Result<ProfileRequest> profile_request(Context& context) {
  if (!context.options.store.empty())
    return fail(ErrorCode::kUsage, "a profile uses the store that is in use", "mcpcred shell install, without --store");
  MCPCRED_TRY(account, context.account());
  MCPCRED_CHECK(context.folders());
  ProfileRequest request;
  request.environment = context.outside().environment;
  const LaunchPlace place = context.launch_place();
  const std::string own = own_executable();
  if (!find_executable("mcpcred", place.path, place.folder) && !own.empty()) request.program = own;
  if (account.str() != "default") request.options = {"--account", account.str()};
  if (!context.options.data_dir.empty()) {
    request.options.emplace_back("--data-dir");
    request.options.push_back(context.options.data_dir);
  }
  return request;
}

void warn_of_profile(Context& context, bool is_new) {
  const std::string marker = agent_marker(context.outside().environment);
  if (!marker.empty())
    context.warn("this shell belongs to an AI agent (" + marker + "): in such shells the block exports nothing");
  if (!is_new) return;
  context.hint(
      "a variable in a shell is readable by all that the shell starts; for one server alone: mcpcred run SERVER");
}

}  // namespace mcpcred::cli
