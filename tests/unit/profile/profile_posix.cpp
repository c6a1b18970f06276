#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <map>

#include "catch.h"
#include "mcpcred/profile.h"
#include "unit/platform/helpers.h"

namespace mcpcred {
namespace {

namespace fs = std::filesystem;

class Home {
 public:
  Home() {
    request.environment = [this](std::string_view name) -> std::optional<std::string> {
      const auto at = environment.find(name);
      return at == environment.end() ? std::nullopt : std::optional(at->second);
    };
    environment["HOME"] = folder.path();
  }
  std::string operator/(const std::string& name) const { return folder / name; }
  void write(const std::string& name, const std::string& text, mode_t mode = 0644) const {
    fs::create_directories(fs::path(folder / name).parent_path());
    test::write_text(folder / name, text, mode);
  }
  std::string read(const std::string& name) const { return test::read_text(folder / name); }

  test::TempFolder folder;
  std::map<std::string, std::string, std::less<>> environment;
  ProfileRequest request;
};

bool has_block(const std::string& text) {
  return text.find("# >>> mcpcred >>>") != std::string::npos;
}

std::vector<std::string> paths(const ProfilePlan& plan) {
  std::vector<std::string> all;
  for (const ProfileFile& file : plan.files) all.push_back(file.path);
  return all;
}

}  // namespace

TEST_CASE("profile: the file of each shell, by its own variables") {
  Home home;
  const auto file_of = [&](std::string_view shell) {
    const auto plan = plan_profile_block(shell, home.request);
    REQUIRE(plan);
    return plan->files.front().path;
  };
  CHECK(file_of("bash") == home / ".bashrc");
  CHECK(file_of("zsh") == home / ".zshrc");
  CHECK(file_of("fish") == home / ".config/fish/config.fish");
  CHECK(file_of("powershell") == home / ".config/powershell/Microsoft.PowerShell_profile.ps1");
  home.environment["XDG_CONFIG_HOME"] = home / "settings";
  home.environment["ZDOTDIR"] = home / "zsh";
  CHECK(file_of("zsh") == home / "zsh/.zshrc");
  CHECK(file_of("fish") == home / "settings/fish/config.fish");
  CHECK(file_of("powershell") == home / "settings/powershell/Microsoft.PowerShell_profile.ps1");
  CHECK(file_of("nushell") == home / "settings/nushell/config.nu");
  home.environment["XDG_CONFIG_HOME"] = "relative";
  CHECK(file_of("fish") == home / ".config/fish/config.fish");
  CHECK(test::names_in(home.folder.path()).empty());
}

TEST_CASE("profile: shells without a file are refused with what to do instead") {
  Home home;
  for (const char* shell : {"cmd", "sh", "dash"}) {
    const auto plan = install_profile_block(shell, home.request);
    REQUIRE_FALSE(plan);
    CHECK(plan.error().code == ErrorCode::kRefused);
    CHECK(plan.error().hint.find("mcpcred export --no-prompt --shell ") != std::string::npos);
  }
  CHECK(install_profile_block("cmd", home.request)
            .error()
            .hint.ends_with(R"(for /f "tokens=1*" %%i in ('mcpcred export --no-prompt --shell cmd') do @set %%j)"));
  CHECK(install_profile_block("tcsh", home.request).error().code == ErrorCode::kUsage);
  CHECK(profile_shell_of("/usr/bin/zsh") == "zsh");
  CHECK(profile_shell_of("-bash") == "bash");
  CHECK(profile_shell_of("C:\\Program Files\\PowerShell\\7\\pwsh.exe") == "powershell");
  CHECK(profile_shell_of("nu") == "nushell");
  CHECK(profile_shell_of("tcsh").empty());
}

TEST_CASE("profile: bash's login file gets the block only where it does not read .bashrc") {
  const auto files_with = [](const std::string& name, const std::string& text) {
    Home home;
    home.write(name, text);
    const auto plan = install_profile_block("bash", home.request);
    REQUIRE(plan);
    CHECK(has_block(home.read(".bashrc")));
    CHECK(has_block(home.read(name)) == (plan->files.size() == 2));
    return plan->files.size();
  };
  CHECK(files_with(".bash_profile", "export A=1\n") == 2);
  CHECK(files_with(".profile", "# . ~/.bashrc\n") == 2);
  CHECK(files_with(".bash_login", ". /etc/bash.bashrc\n") == 2);
  CHECK(files_with(".profile", "if [ -f \"$HOME/.bashrc\" ]; then . \"$HOME/.bashrc\"; fi\n") == 1);
  CHECK(files_with(".bash_profile", "source .bashrc") == 1);
  // The first of them is the one that is read.
  Home home;
  home.write(".bash_profile", ". ~/.bashrc\n");
  home.write(".profile", "A=1\n");
  const auto plan = plan_profile_block("bash", home.request);
  REQUIRE(plan);
  CHECK(paths(*plan) == std::vector<std::string>{home / ".bashrc"});
}

TEST_CASE("profile: two names of one file get one block") {
  Home home;
  home.write(".bashrc", "A=1\n");
  fs::create_symlink(".bashrc", home / ".bash_profile");
  REQUIRE(install_profile_block("bash", home.request));
  const auto plan = plan_profile_block("bash", home.request);
  REQUIRE(plan);
  CHECK(plan->installed());
  const auto gone = uninstall_profile_block("bash", home.request);
  REQUIRE(gone);
  CHECK(gone->size() == 1);
  CHECK(home.read(".bashrc") == "A=1\n");
}

TEST_CASE("profile: what was absent, empty or without a last line end is so again") {
  Home home;
  REQUIRE(install_profile_block("zsh", home.request));
  CHECK(has_block(home.read(".zshrc")));
  REQUIRE(uninstall_profile_block("", home.request));
  CHECK_FALSE(fs::exists(home / ".zshrc"));
  for (const char* text : {"", "a", "a\n", "a\r\n"}) {
    home.write(".zshrc", text);
    REQUIRE(install_profile_block("zsh", home.request));
    CHECK(has_block(home.read(".zshrc")));
    REQUIRE(uninstall_profile_block("zsh", home.request));
    CHECK(home.read(".zshrc") == text);
  }
}

TEST_CASE("profile: the plan says what is there, and a second install touches nothing") {
  Home home;
  home.write(".zshrc", "a\n");
  CHECK(plan_profile_block("zsh", home.request)->files.front().state == BlockState::kAbsent);
  CHECK(home.read(".zshrc") == "a\n");
  REQUIRE(install_profile_block("zsh", home.request));
  struct stat before {};
  REQUIRE(stat((home / ".zshrc").c_str(), &before) == 0);
  const auto again = install_profile_block("zsh", home.request);
  REQUIRE(again);
  CHECK(again->installed());
  struct stat after {};
  REQUIRE(stat((home / ".zshrc").c_str(), &after) == 0);
  CHECK(before.st_ino == after.st_ino);
  home.request.program = "/elsewhere/mcpcred";
  CHECK(plan_profile_block("zsh", home.request)->files.front().state == BlockState::kOutdated);
  REQUIRE(install_profile_block("zsh", home.request));
  CHECK(home.read(".zshrc").find("/elsewhere/mcpcred export") != std::string::npos);
  REQUIRE(uninstall_profile_block("zsh", home.request));
  CHECK(home.read(".zshrc") == "a\n");
}

TEST_CASE("profile: a link over several steps stays, and the mode of what it leads to") {
  Home home;
  home.write("dotfiles/zsh/rc", "a\n", 0640);
  fs::create_symlink("zsh/rc", home / "dotfiles/link");
  fs::create_symlink("dotfiles/link", home / "second");
  fs::create_symlink(home / "second", home / ".zshrc");
  REQUIRE(install_profile_block("zsh", home.request));
  CHECK(fs::is_symlink(home / ".zshrc"));
  CHECK(fs::is_symlink(home / "second"));
  CHECK(fs::is_symlink(home / "dotfiles/link"));
  CHECK(has_block(home.read("dotfiles/zsh/rc")));
  CHECK(test::mode_of(home / "dotfiles/zsh/rc") == 0640);
  CHECK(test::names_in(home / "dotfiles/zsh") == std::set<std::string>{"rc"});
  REQUIRE(uninstall_profile_block("zsh", home.request));
  CHECK(home.read("dotfiles/zsh/rc") == "a\n");
  // A file that was made by us and has become a link since stays as an empty file.
  Home other;
  REQUIRE(install_profile_block("zsh", other.request));
  fs::rename(other / ".zshrc", other / "kept");
  fs::create_symlink("kept", other / ".zshrc");
  REQUIRE(uninstall_profile_block("zsh", other.request));
  CHECK(fs::is_symlink(other / ".zshrc"));
  CHECK(other.read("kept").empty());
}

TEST_CASE("profile: what cannot be used is refused, and nothing is changed") {
  const auto refused = [](Home& home) {
    const auto plan = install_profile_block("zsh", home.request);
    REQUIRE_FALSE(plan);
    CHECK_FALSE(plan.error().hint.empty());
    return plan.error();
  };
  Home folder;
  fs::create_directory(folder / ".zshrc");
  CHECK(refused(folder).message.find("is a folder") != std::string::npos);
  Home pipe;
  REQUIRE(mkfifo((pipe / ".zshrc").c_str(), 0600) == 0);
  CHECK(refused(pipe).message.find("is a pipe") != std::string::npos);
  Home dangling;
  fs::create_symlink("nowhere", dangling / ".zshrc");
  CHECK(refused(dangling).message.find("link to a file that is not there") != std::string::npos);
  CHECK_FALSE(fs::exists(dangling / "nowhere"));
  Home read_only;
  read_only.write(".zshrc", "a\n", 0444);
  CHECK(refused(read_only).code == ErrorCode::kRefused);
  CHECK(read_only.read(".zshrc") == "a\n");
  Home linked;
  linked.write(".zshrc", "a\n");
  fs::create_hard_link(linked / ".zshrc", linked / "same");
  CHECK(refused(linked).message.find("under 2 names") != std::string::npos);
  Home large;
  large.write(".zshrc", std::string(5 * 1024 * 1024, '#'));
  CHECK(refused(large).code == ErrorCode::kTooLarge);
  Home utf16;
  utf16.write(".zshrc", std::string("\xff\xfe"
                                    "a\0\n\0",
                                    6));
  CHECK(refused(utf16).message.find("is no text") != std::string::npos);
  Home damaged;
  damaged.write(".zshrc", "a\n# >>> mcpcred >>>\n");
  CHECK(refused(damaged).code == ErrorCode::kConflict);
  CHECK_FALSE(uninstall_profile_block("", damaged.request));
  CHECK(damaged.read(".zshrc") == "a\n# >>> mcpcred >>>\n");
  Home odd;
  odd.request.program = "/a\nb/mcpcred";
  CHECK(refused(odd).code == ErrorCode::kInvalidInput);
  CHECK(test::names_in(odd.folder.path()).empty());
}

TEST_CASE("profile: where one of two files cannot be changed, neither is") {
  Home home;
  home.write(".bashrc", "a\n");
  home.write(".bash_profile", "b\n", 0444);
  REQUIRE_FALSE(install_profile_block("bash", home.request));
  CHECK(home.read(".bashrc") == "a\n");
}

TEST_CASE("profile K1: copies that a killed install left are removed, and nothing else") {
  Home home;
  const pid_t gone = fork();
  if (gone == 0) _exit(0);
  waitpid(gone, nullptr, 0);
  const auto copy_of = [](const std::string& name, pid_t pid) {
    return "." + name + ".mcpcred." + std::to_string(pid) + ".0123456789abcdef";
  };
  const std::string stale = copy_of(".zshrc", gone);
  const std::string kept[] = {copy_of(".zshrc", getpid()), copy_of(".other", gone), ".zshrc.swp", "link"};
  for (const std::string& name : kept) home.write(name, "x");
  const std::string folder_name = stale.substr(0, stale.size() - 1) + "0";
  fs::create_directory(home / folder_name);
  for (const bool install : {true, true, false}) {
    home.write(stale, "a copy");
    if (install)
      REQUIRE(install_profile_block("zsh", home.request));
    else
      REQUIRE(uninstall_profile_block("zsh", home.request));
    CHECK_FALSE(fs::exists(home / stale));
  }
  for (const std::string& name : kept) CHECK(fs::exists(home / name));
  CHECK(fs::exists(home / folder_name));
}

TEST_CASE("profile: a last line that goes on would swallow the block, and is refused") {
  const auto refused = [](const std::string& shell, const std::string& file, const std::string& text) {
    Home home;
    home.write(file, text);
    const auto plan = install_profile_block(shell, home.request);
    CHECK(home.read(file).starts_with(text));
    return !plan && plan.error().code == ErrorCode::kRefused &&
           plan.error().message.find("goes on") != std::string::npos;
  };
  const std::pair<std::string, std::string> posix[] = {
      {"bash", ".bashrc"}, {"zsh", ".zshrc"}, {"fish", ".config/fish/config.fish"}};
  for (const auto& [shell, file] : posix) {
    INFO(shell);
    CHECK(refused(shell, file, "a\nb \\"));
    CHECK(refused(shell, file, "b \\\n"));
    CHECK_FALSE(refused(shell, file, "b \\\\"));
    CHECK_FALSE(refused(shell, file, "# b \\\n"));
    CHECK_FALSE(refused(shell, file, "b \\\nc\n"));
  }
  const std::string profile = ".config/powershell/Microsoft.PowerShell_profile.ps1";
  CHECK(refused("powershell", profile, "b `"));
  CHECK(refused("powershell", profile, "b `\r\n"));
  CHECK_FALSE(refused("powershell", profile, "b \\"));
}

TEST_CASE("profile: another user's file is refused") {
  if (geteuid() != 0) {
    WARN("not looked at: only root can make a file of another user");
    return;
  }
  Home home;
  home.write(".zshrc", "a\n");
  REQUIRE(chown((home / ".zshrc").c_str(), 65534, 65534) == 0);
  const auto plan = install_profile_block("zsh", home.request);
  REQUIRE_FALSE(plan);
  CHECK(plan.error().message.find("belongs to another user") != std::string::npos);
  CHECK(home.read(".zshrc") == "a\n");
}

}  // namespace mcpcred
