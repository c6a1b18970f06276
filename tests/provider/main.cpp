// A Secret Service for tests: items in memory, and misbehaviour on demand. Ends by itself when nobody has called for a
// minute, so that a test that was killed leaves nothing running.
#include <systemd/sd-bus.h>

#include <chrono>
#include <cstdio>
#include <exception>

#include "service.h"

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kPatience{60};

int on_message(sd_bus_message* message, void* service, sd_bus_error* /*error*/) {
  return static_cast<provider::Service*>(service)->handle(message) ? 1 : 0;
}

void serve(sd_bus* bus) {
  auto last_call = Clock::now();
  while (Clock::now() - last_call < kPatience) {
    if (provider::check(sd_bus_process(bus, nullptr)) > 0) {
      last_call = Clock::now();
    } else {
      provider::check(sd_bus_wait(bus, 1'000'000));
    }
  }
}

}  // namespace

int main(int argc, char** argv) try {
  auto options = provider::parse_options({argv + 1, argv + argc});
  sd_bus* bus = nullptr;
  provider::check(sd_bus_open_user(&bus));
  provider::Service service(bus, std::move(options));
  provider::check(sd_bus_add_filter(bus, nullptr, on_message, &service));
  provider::check(sd_bus_request_name(bus, "org.freedesktop.secrets", 0));
  std::puts("ready");
  std::fflush(stdout);
  serve(bus);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "secret_provider: %s\n%s", error.what(), provider::usage());
  return 1;
}
