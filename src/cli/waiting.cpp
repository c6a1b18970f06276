#include "cli/waiting.h"

#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

namespace mcpcred::cli {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(300);
constexpr auto kStep = std::chrono::milliseconds(120);
constexpr std::size_t kAround = 6;  // a sign, a space, and what follows the text
constexpr auto kPlainFrames = std::to_array<std::string_view>({"|", "/", "-", "\\"});
constexpr auto kFrames = std::to_array<std::string_view>({"⠋", "⠙", "⠸", "⠴", "⠦", "⠇"});

}  // namespace

struct Waiting::Drawing {
  Drawing(Io& its_io, const Style& its_style, std::string text) : io(its_io), style(its_style), what(std::move(text)) {
    try {
      thread = std::thread([this] { draw(); });
    } catch (const std::system_error&) {
      // Without a thread there is no sign of life, and nothing else is amiss.
    }
  }

  ~Drawing() {
    {
      const std::lock_guard lock(mutex);
      done = true;
    }
    changed.notify_one();
    if (thread.joinable()) thread.join();
  }

  void draw() {
    std::unique_lock lock(mutex);
    const auto is_done = [this] { return done; };
    if (changed.wait_for(lock, kPatience, is_done)) return;
    std::size_t frame = 0;
    do {
      const std::string_view sign =
          style.unicode ? kFrames[frame % kFrames.size()] : kPlainFrames[frame % kPlainFrames.size()];
      io.err("\r" + std::string(sign) + " " + in_letters(style, what + " …"));
      ++frame;
    } while (!changed.wait_for(lock, kStep, is_done));
    io.err("\r" + std::string(columns(what) + kAround, ' ') + "\r");
  }

  Io& io;
  Style style;
  std::string what;
  std::mutex mutex;
  std::condition_variable changed;
  bool done = false;
  std::thread thread;
};

Waiting::Waiting(Io& io, const Style& style, std::string what) {
  const TerminalTraits screen = io.screen(Output::kErr);
  // A line that is wider than the terminal could not be taken back.
  if (screen.terminal && screen.escapes && columns(what) + kAround < screen.width)
    drawing_ = std::make_unique<Drawing>(io, style, std::move(what));
}

Waiting::~Waiting() = default;

}  // namespace mcpcred::cli
