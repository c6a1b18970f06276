#include "cli/agent_markers.h"

#include <array>

namespace mcpcred::cli {
namespace {

constexpr auto kMarkers = std::to_array<std::string_view>({"AGENT",
                                                           "AI_AGENT",
                                                           "AMP_CURRENT_THREAD_ID",
                                                           "ANTIGRAVITY_AGENT",
                                                           "AUGMENT_AGENT",
                                                           "CLAUDECODE",
                                                           "CLAUDE_CODE_CHILD_SESSION",
                                                           "CLINE_ACTIVE",
                                                           "CODEX_CI",
                                                           "CODEX_SANDBOX",
                                                           "CODEX_SANDBOX_NETWORK_DISABLED",
                                                           "CODEX_THREAD_ID",
                                                           "COPILOT_AGENT_SESSION_ID",
                                                           "CRUSH",
                                                           "CURSOR_AGENT",
                                                           "CURSOR_SANDBOX",
                                                           "GEMINI_CLI",
                                                           "GOOSE_TERMINAL",
                                                           "IFLOW_CLI",
                                                           "OPENCODE",
                                                           "OPENCODE_CLIENT",
                                                           "QWEN_CODE",
                                                           "REPL_ID",
                                                           "ROO_ACTIVE",
                                                           "TRAE_AI_SHELL_ID"});

}  // namespace

std::string agent_marker(const EnvironmentLookup& environment) {
  for (const std::string_view name : kMarkers) {
    const auto value = environment(name);
    if (value && !value->empty() && *value != "0" && *value != "false") return std::string(name);
  }
  return {};
}

}  // namespace mcpcred::cli
