#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "mcpcred/error.h"

// What people are told where the Secret Service is not there or does not do what was asked.
namespace mcpcred {

/// How long a person has to answer the provider's question; the error below says it too.
inline constexpr std::chrono::milliseconds kPromptLimit{30000};

/// There is no session bus; `number` is the errno of the attempt. Names WSL, a container or SSH where it is one.
Error no_bus_error(const std::function<std::optional<std::string>(std::string_view)>& environment, int number);

/// Nothing came back in time.
Error no_answer_error();

/// No default collection: the provider runs, and was never set up.
Error no_collection_error();

/// The person was asked by the provider and said no, or did not say anything in time, or must not be asked.
Error dismissed_error();
Error prompt_timeout_error();
Error locked_error();

/// What an error of the bus or of the provider stands for: `name` as on the bus, `text` as it came along.
Error bus_error(std::string_view name, std::string_view text);

}  // namespace mcpcred
