#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/encoding.h"
#include "mcpcred/ids.h"
#include "mcpcred/import.h"

// Any bytes give names and values, or problems with a place and without a character of the terminal's. What is taken
// without a dialect, every dialect reads the same or refuses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mcpcred;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse_json_variables(text));
  const auto all = parse_dotenv(text, std::nullopt);
  if (!all) return 0;
  for (const ImportProblem& problem : all->refused)
    if (problem.line == 0 || problem.last_line < problem.line || printable(problem.reason) != problem.reason)
      std::abort();
  for (const DotenvDialect dialect : all_dialects()) {
    const auto one = parse_dotenv(text, dialect);
    if (!one) std::abort();
    for (const ImportedValue& value : one->values)
      if (!VariableName::parse(value.name)) std::abort();
    for (const ImportedValue& value : all->values)
      for (const ImportedValue& other : one->values)
        if (other.name == value.name && !(other.value == value.value)) std::abort();
  }
  return 0;
}
