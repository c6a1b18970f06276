#include "cli/harness.h"

#include <fstream>
#include <sstream>

#include "catch.h"

namespace mcpcred::test {
namespace {

class FakeIo final : public cli::Io {
 public:
  FakeIo(CliHome& home, Ran& ran) : home_(home), ran_(ran) {}
  Result<void> out(std::string_view text) override {
    if (home_.out_is_full) return fail(ErrorCode::kOutputFailed, "standard output could not be written to");
    ran_.out += text;
    return {};
  }
  void err(std::string_view text) override { ran_.err += text; }
  Result<Secret> read_stdin(std::size_t limit) override {
    if (home_.standard_input.size() > limit) return fail(ErrorCode::kTooLarge, "standard input is too long");
    return Secret::copy_of(home_.standard_input);
  }
  bool stdout_is_terminal() override { return home_.screen.terminal; }
  TerminalTraits screen(cli::Output) override { return home_.screen; }

 private:
  CliHome& home_;
  Ran& ran_;
};

class FakePerson final : public cli::Person {
 public:
  explicit FakePerson(CliHome& home) : home_(home) {}
  bool present() override { return home_.terminal; }
  Result<Secret> secret(std::string_view prompt, std::size_t) override {
    MCPCRED_TRY(answer, line(prompt));
    return Secret::copy_of(answer);
  }
  Result<std::string> line(std::string_view prompt) override {
    home_.questions.emplace_back(prompt);
    if (home_.answers.empty())
      return fail(ErrorCode::kInterrupted, "the test gave no answer to: " + std::string(prompt));
    std::string answer = home_.answers.front();
    home_.answers.pop_front();
    return answer;
  }
  Result<void> tell(std::string_view) override { return {}; }

 private:
  CliHome& home_;
};

}  // namespace

CliHome::CliHome() : now(*parse_timestamp("2026-11-24T05:00:00Z")) {
  std::filesystem::create_directory(path("home"));
  std::filesystem::create_directory(path("bin"));
  environment = home_environment(path("home"));
  environment["PATH"] = path("bin");
  // The session bus of whoever runs the tests, and the keyring on it, are out of reach.
  environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=" + path("no-bus");
}

Ran CliHome::run(std::vector<std::string> words) {
  Ran ran;
  FakeIo io(*this, ran);
  FakePerson person(*this);
  const auto lookup = [this](std::string_view name) -> std::optional<std::string> {
    const auto at = environment.find(name);
    return at == environment.end() ? std::nullopt : std::optional(at->second);
  };
  std::vector<std::string> entries;
  for (const auto& [name, value] : environment) entries.push_back(name + "=" + value);
  ran.code = cli::run_app({io, person, lookup, {entries.begin(), entries.end()}, now}, std::move(words));
  return ran;
}

void CliHome::make_vault(std::vector<std::string> more) {
  std::vector<std::string> words = {"vault", "init", "--key-file", path("key")};
  words.insert(words.end(), more.begin(), more.end());
  const Ran ran = run(words);
  INFO(ran.err);
  REQUIRE(ran.code == 0);
}

Ran CliHome::store(const std::string& target, const std::string& value, std::vector<std::string> more) {
  standard_input = value;
  std::vector<std::string> words = {"store", target, "--stdin"};
  words.insert(words.end(), more.begin(), more.end());
  Ran ran = run(words);
  standard_input.clear();
  return ran;
}

std::string CliHome::add_program(const std::string& name) const {
  const std::string file = "bin/" + program_file(name);
  write(file, "#!/bin/sh\n");
  std::filesystem::permissions(path(file), std::filesystem::perms(0755));
  return path(file);
}

std::string CliHome::read(const std::string& name) const {
  std::ifstream file(path(name), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void CliHome::write(const std::string& name, const std::string& text) const {
  std::filesystem::create_directories(std::filesystem::path(path(name)).parent_path());
  std::ofstream(path(name), std::ios::binary) << text;
}

}  // namespace mcpcred::test
