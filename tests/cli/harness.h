#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "cli/app.h"
#include "native.h"
#include "temp_folder.h"

namespace mcpcred::test {

/// What a command printed and how it ended.
struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

inline bool says(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// A home folder with a fake person and fake streams, and the real commands on them.
class CliHome {
 public:
  CliHome();

  /// Runs `mcpcred words…`.
  Ran run(std::vector<std::string> words);
  /// Makes a vault with a key file outside its folder.
  void make_vault(std::vector<std::string> more = {});
  /// Puts a made-up value in through standard input.
  Ran store(const std::string& target, const std::string& value, std::vector<std::string> more = {});

  std::string path(const std::string& name) const { return folder_.path() + "/" + name; }
  /// Files of mcpcred below this home, for path(), read() and write().
  static std::string vault_file() { return "home/" + std::string(kDataFolder) + "/vault.age"; }
  static std::string registry_file() { return "home/" + std::string(kStateFolder) + "/registry.json"; }
  static std::string entry_file(const std::string& id) {
    return "home/" + std::string(kServersFolder) + "/" + id + ".json";
  }
  /// A program on PATH of this home; its file.
  std::string add_program(const std::string& name) const;
  std::string read(const std::string& name) const;
  void write(const std::string& name, const std::string& text) const;

  /// A variable for as long as this lives.
  class Setting {
   public:
    Setting(CliHome& home, std::string name, const std::string& value) : home_(home), name_(std::move(name)) {
      home_.environment[name_] = value;
    }
    ~Setting() { home_.environment.erase(name_); }
    Setting(const Setting&) = delete;
    Setting& operator=(const Setting&) = delete;

   private:
    CliHome& home_;
    std::string name_;
  };

  std::map<std::string, std::string, std::less<>> environment;
  std::string standard_input;
  bool out_is_full = false;
  TerminalTraits screen;               ///< where both output streams lead to
  bool terminal = false;               ///< a person is at /dev/tty
  std::deque<std::string> answers;     ///< what that person types; an unexpected question fails the test
  std::vector<std::string> questions;  ///< what was asked
  Timestamp now;

 private:
  TempFolder folder_;
};

}  // namespace mcpcred::test
