#include "profile/profile_shells.h"

#include <algorithm>
#include <array>

namespace mcpcred {

std::span<const ProfileShell* const> all_profile_shells() {
  static constexpr std::array kAll = {&kBashProfile, &kZshProfile, &kFishProfile, &kPowershellProfile,
                                      &kNushellProfile};
  return kAll;
}

std::string block_code(const ProfileShell& shell, const BlockCommand& command) {
  constexpr std::string_view kProgram = "@program@";
  constexpr std::string_view kExport = "@export@";
  const std::string program = shell.quote(command.program);
  std::string words = program + " export --no-prompt --shell " + std::string(shell.name);
  for (const std::string& option : command.options) words += " " + shell.quote(option);
  std::string code;
  for (std::string_view rest = shell.code; !rest.empty();) {
    const std::size_t at = std::min(rest.find(kProgram), rest.find(kExport));
    code += rest.substr(0, at);
    if (at == std::string_view::npos) break;
    rest.remove_prefix(at);
    code += rest.starts_with(kProgram) ? program : words;
    rest.remove_prefix(rest.starts_with(kProgram) ? kProgram.size() : kExport.size());
  }
  return code;
}

bool is_plain_word(std::string_view word) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-";
  return !word.empty() && word.find_first_not_of(kLetters) == std::string_view::npos;
}

std::string quote_posix(std::string_view word) {
  if (is_plain_word(word)) return std::string(word);
  std::string quoted = "'";
  for (const char c : word) {
    if (c == '\'')
      quoted += R"('\'')";
    else
      quoted += c;
  }
  return quoted + "'";
}

}  // namespace mcpcred
