#include "mcpcred/profile.h"

#include <algorithm>
#include <array>

#include "core/encoding.h"
#include "mcpcred/shell.h"
#include "platform/foreign_file.h"
#include "platform/paths.h"
#include "profile/block.h"
#include "profile/profile_shells.h"

namespace mcpcred {
namespace {

constexpr std::size_t kMaxProfile = 4 * 1024 * 1024;
constexpr int kTries = 3;

// One file as it is and as it should be.
struct Change {
  ProfileFile shown;
  ForeignFile file;
  Secret wanted;
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

// The line of `export --help` as it stands in a file.
std::string profile_line(std::string_view syntax) {
  const auto found = find_export_syntax(syntax);
  return found ? replaced(std::string(found->load_line), "mcpcred export", "mcpcred export --no-prompt") : "";
}

// Why a shell has no file for the block, and what to do instead.
Unexpected no_profile(std::string_view shell) {
  if (shell == "cmd")
    return fail(ErrorCode::kRefused, "cmd has no start-up file",
                "put this into a batch file of yours: " + replaced(profile_line("cmd"), "%", "%%"));
  if (shell == "sh" || shell == "dash" || shell == "ash" || shell == "ksh")
    return fail(ErrorCode::kRefused, std::string(shell) + " has no start-up file that only shells of a person read",
                "put this into the file that ENV names: " + profile_line("sh"));
  std::string names;
  for (const std::string_view name : profile_shells()) names += (names.empty() ? "" : ", ") + std::string(name);
  return fail(ErrorCode::kUsage, "the block is made for these shells: " + names, "mcpcred shell install --help");
}

Result<const ProfileShell*> find_shell(std::string_view name) {
  for (const ProfileShell* shell : all_profile_shells())
    if (shell->name == name) return shell;
  return no_profile(name);
}

Result<void> check_words(const BlockCommand& command) {
  std::vector<std::string> words = command.options;
  words.push_back(command.program);
  for (const std::string& word : words) {
    const bool has_control =
        std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (has_control || !is_utf8(word))
      return fail(ErrorCode::kInvalidInput, "a profile cannot hold this path: " + printable(word),
                  "put mcpcred into a folder of PATH");
  }
  return {};
}

// The block would be part of a line that goes on: its first line is lost to a shell, or all of it.
Result<void> check_last_line(const ProfileShell& shell, std::string_view text, const std::string& path) {
  if (shell.goes_on == '\0') return {};
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (shell.takes_crlf && text.ends_with('\r')) text.remove_suffix(1);
  const std::string_view line = text.substr(text.find_last_of('\n') + 1);
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos || line[begin] == '#') return {};
  const std::size_t last = line.find_last_not_of(shell.goes_on);
  const std::size_t count = line.size() - (last == std::string_view::npos ? 0 : last + 1);
  // Two of them are one that means itself.
  if (count % 2 == 0) return {};
  return fail(ErrorCode::kRefused,
              "the last line of " + printable(path) + " goes on (" + std::string(1, shell.goes_on) + " at its end)",
              "end that line, then do it again: mcpcred shell install " + std::string(shell.name));
}

Result<ForeignFile> read_profile(const std::string& path) {
  auto file = read_foreign_file(path, kMaxProfile);
  if (!file) {
    if (file.error().hint.empty()) file.error().hint = "look at it: " + printable(path);
    return file;
  }
  if (file->bytes.reveal().find('\0') != std::string_view::npos)
    return fail(ErrorCode::kInvalidInput,
                printable(path) + " is no text that a block can be added to (UTF-16, perhaps)",
                "save it as UTF-8, then do it again");
  return file;
}

Result<std::vector<Change>> plan_changes(const ProfileShell& shell, const ProfileRequest& request) {
  const BlockCommand command{request.program, request.options};
  MCPCRED_CHECK(check_words(command));
  MCPCRED_TRY(paths, shell.files(request));
  std::vector<Change> changes;
  for (const std::string& path : paths) {
    MCPCRED_TRY(file, read_profile(path));
    // Two names of one file, as where .bash_profile is a link to .bashrc.
    if (std::any_of(changes.begin(), changes.end(),
                    [&](const Change& change) { return change.file.path == file.path; }))
      continue;
    const std::string_view text = file.bytes.reveal();
    MCPCRED_TRY(found, find_block(text, printable(path)));
    if (!found) MCPCRED_CHECK(check_last_line(shell, text, path));
    Secret wanted = with_block(text, found, !file.exists, block_code(shell, command), shell.takes_crlf);
    BlockState state = found ? BlockState::kOutdated : BlockState::kAbsent;
    if (file.exists && wanted == file.bytes) state = BlockState::kInstalled;
    changes.push_back({{path, state}, std::move(file), std::move(wanted)});
  }
  return changes;
}

ProfilePlan plan_of(const ProfileShell& shell, const std::vector<Change>& changes) {
  ProfilePlan plan;
  plan.shell = shell.name;
  for (const Change& change : changes) plan.files.push_back(change.shown);
  plan.load_now = shell.load;
  if (plan.load_now.ends_with(' ')) plan.load_now += shell.quote(plan.files.front().path);
  return plan;
}

// `work` again where another program changed a file between our look and our write.
template <class Work>
auto with_retries(Work work) -> decltype(work()) {
  for (int i = 1;; ++i) {
    auto done = work();
    if (done || i == kTries || done.error().code != ErrorCode::kConflict) return done;
  }
}

Result<ProfilePlan> install_once(const ProfileShell& shell, const ProfileRequest& request) {
  MCPCRED_TRY(changes, plan_changes(shell, request));
  for (const Change& change : changes)
    if (change.shown.state != BlockState::kInstalled) MCPCRED_CHECK(check_replaceable(change.file));
  for (const Change& change : changes) remove_stale_copies(change.file.path);
  for (const Change& change : changes)
    if (change.shown.state != BlockState::kInstalled)
      MCPCRED_CHECK(replace_foreign_file(change.file, change.wanted.reveal()));
  return plan_of(shell, changes);
}

// A profile that holds a block, and what is left of it without that; nullopt: there is none in it.
struct Removal {
  ForeignFile file;
  Secret rest;
  bool whole_file = false;
};
Result<std::optional<Removal>> plan_removal(const std::string& path) {
  MCPCRED_TRY(file, read_profile(path));
  const std::string_view text = file.bytes.reveal();
  MCPCRED_TRY(found, find_block(text, printable(path)));
  if (!found) return std::optional<Removal>();
  MCPCRED_CHECK(check_replaceable(file));
  Secret rest = without_block(text, *found);
  // A link that a person made since then stays, and leads to an empty file.
  const bool whole_file = rest.empty() && found->notes.made_file && !file.linked;
  return std::optional<Removal>(Removal{std::move(file), std::move(rest), whole_file});
}

// False: there was no block.
Result<bool> uninstall_from(const std::string& path) {
  MCPCRED_TRY(removal, plan_removal(path));
  if (!removal) return false;
  MCPCRED_CHECK(removal->whole_file ? remove_foreign_file(removal->file)
                                    : replace_foreign_file(removal->file, removal->rest.reveal()));
  return true;
}

}  // namespace

bool ProfilePlan::installed() const {
  return std::all_of(files.begin(), files.end(),
                     [](const ProfileFile& file) { return file.state == BlockState::kInstalled; });
}

std::span<const std::string_view> profile_shells() {
  static constexpr auto kNames = std::to_array<std::string_view>({"bash", "zsh", "fish", "powershell", "nushell"});
  return kNames;
}

std::string profile_shell_of(std::string_view program) {
  std::string name(program.substr(program.find_last_of("/\\") + 1));
  if (name.starts_with('-')) name.erase(0, 1);
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  if (name == "pwsh") return "powershell";
  if (name == "nu") return "nushell";
  const auto known = profile_shells();
  return std::find(known.begin(), known.end(), name) != known.end() ? name : std::string();
}

Result<ProfilePlan> plan_profile_block(std::string_view shell, const ProfileRequest& request) {
  MCPCRED_TRY(profile, find_shell(shell));
  MCPCRED_TRY(changes, plan_changes(*profile, request));
  return plan_of(*profile, changes);
}

Result<ProfilePlan> install_profile_block(std::string_view shell, const ProfileRequest& request) {
  MCPCRED_TRY(profile, find_shell(shell));
  return with_retries([&] { return install_once(*profile, request); });
}

Result<std::vector<ProfileFile>> uninstall_profile_block(std::string_view shell, const ProfileRequest& request) {
  std::vector<const ProfileShell*> shells(all_profile_shells().begin(), all_profile_shells().end());
  if (!shell.empty()) {
    MCPCRED_TRY(one, find_shell(shell));
    shells = {one};
  }
  std::vector<std::string> paths;
  for (const ProfileShell* profile : shells) {
    MCPCRED_TRY(files, profile->possible_files(request));
    paths.insert(paths.end(), files.begin(), files.end());
  }
  // All are looked at before one is changed.
  for (const std::string& path : paths) MCPCRED_CHECK(plan_removal(path));
  std::vector<ProfileFile> changed;
  for (const std::string& path : paths) {
    MCPCRED_TRY(file, read_profile(path));
    remove_stale_copies(file.path);
    MCPCRED_TRY(had_one, with_retries([&] { return uninstall_from(path); }));
    if (had_one) changed.push_back({path, BlockState::kInstalled});
  }
  return changed;
}

}  // namespace mcpcred
