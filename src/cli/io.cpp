#include "cli/io.h"

#include <cstdio>

#include "platform/terminal.h"

namespace mcpcred::cli {
namespace {

class StandardIo final : public Io {
 public:
  StandardIo() {
    // Unbuffered: no copy of a secret stays in stdio's buffers, and a failed write is seen where it happens.
    static_cast<void>(std::setvbuf(stdin, nullptr, _IONBF, 0));
    static_cast<void>(std::setvbuf(stdout, nullptr, _IONBF, 0));
  }

  Result<void> out(std::string_view text) override {
    if (text.empty()) return {};
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
    return fail(ErrorCode::kOutputFailed, "standard output could not be written to",
                "is the disk full, or the reader gone?");
  }

  // Where stderr is gone there is nobody to tell.
  void err(std::string_view text) override { static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr)); }

  Result<Secret> read_stdin(std::size_t limit) override {
    Secret bytes = Secret::of_size(limit + 1);
    std::size_t size = 0;
    while (size < bytes.size()) {
      const std::size_t got = std::fread(bytes.writable() + size, 1, bytes.size() - size, stdin);
      if (got == 0) break;
      size += got;
    }
    if (std::ferror(stdin) != 0) return fail(ErrorCode::kIo, "standard input could not be read");
    if (size > limit)
      return fail(ErrorCode::kTooLarge, "standard input is longer than " + std::to_string(limit) + " bytes");
    bytes.truncate(size);
    return bytes;
  }

  bool stdout_is_terminal() override { return descriptor_is_terminal(1); }
  TerminalTraits screen(Output output) override { return terminal_traits(output == Output::kOut ? 1 : 2); }
};

class TerminalPerson final : public Person {
 public:
  bool present() override { return terminal_available(); }
  Result<Secret> secret(std::string_view prompt, std::size_t limit) override { return ask_secret(prompt, limit); }
  Result<std::string> line(std::string_view prompt) override { return ask_line(prompt); }
  Result<void> tell(std::string_view text) override { return tell_terminal(text); }
};

}  // namespace

std::unique_ptr<Io> make_standard_io() {
  return std::make_unique<StandardIo>();
}
std::unique_ptr<Person> make_terminal_person() {
  return std::make_unique<TerminalPerson>();
}

}  // namespace mcpcred::cli
