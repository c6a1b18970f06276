// F5: what the program frees holds no copy of a value. free() itself is replaced here, and looks at each block just
// before it goes back to the system.
#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/json.h"
#include "mcpcred/secret.h"

#include <nlohmann/json.hpp>

extern "C" void __libc_free(void*);  // NOLINT(bugprone-reserved-identifier): glibc's own name

namespace {

constexpr char kCanary[] = "canary-of-freed-memory-0123456789";
bool watching = false;
int found = 0;

}  // namespace

extern "C" void free(void* block) {
  if (watching && block != nullptr && memmem(block, malloc_usable_size(block), kCanary, sizeof kCanary - 1) != nullptr)
    ++found;
  __libc_free(block);
}

int main() {
  watching = true;
  void* control = std::malloc(100);
  std::memcpy(control, kCanary, sizeof kCanary);
  std::free(control);
  const int control_found = found;

  found = 0;
  {
    std::string text(kCanary);
    text += text;
    const std::vector<char> bytes(text.begin(), text.end());
    mcpcred::Secret secret = mcpcred::Secret::copy_of(text);
    secret.append(text);
    secret.append(text);
    const auto parsed = mcpcred::parse_json("{\"value\":\"" + text + "\"}");
    if (!parsed || !(*parsed)["value"].is_string()) return 3;
  }
  watching = false;
  std::printf("control: %d, after the program's own operator delete: %d\n", control_found, found);
  if (control_found != 1) return 2;  // a test that cannot see proves nothing
  return found == 0 ? 0 : 1;
}
