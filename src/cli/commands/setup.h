#pragma once

#include <string>
#include <vector>

#include "cli/context.h"
#include "mcpcred/ids.h"

// The steps of `setup`, one file each: where values live, which servers, and what uses them.
namespace mcpcred::cli {

struct SetupOptions {
  std::vector<std::string> servers;
  std::string names;  ///< a file; empty: a person is asked
  bool from_stdin = false;
  bool from_env = false;
  bool replace = false;
};

/// Makes sure that there is a store, with the person's choice between the ways where there is none.
Result<void> set_up_store(Context& context);

/// What came of the servers that the person chose.
struct SetupOutcome {
  std::vector<std::string> stored;   ///< their credentials are in the store now
  std::vector<std::string> skipped;  ///< were passed over, or kept what they had
};

/// Lets the person choose servers (`named`, where some were named already), and asks for each one's credentials. What
/// was entered is stored at once; what is left when it is stopped is remembered for the next time.
Result<SetupOutcome> set_up_servers(Context& context, const std::vector<std::string>& named);

/// Offers the block for the shell's profile and the entries for the clients found, and says what to do next.
Result<void> set_up_users(Context& context, const SetupOutcome& outcome);

/// Names from a file, values from standard input or the environment: for scripts.
Result<int> set_up_from_names(Context& context, const SetupOptions& options);

/// A question with a usual answer, which Enter gives.
Result<bool> agrees(Context& context, const std::string& question, bool usual);

/// Servers that an earlier `setup` was stopped before; noted with an empty list: none.
std::vector<std::string> servers_left(Context& context);
void note_servers_left(Context& context, const std::vector<std::string>& servers);

}  // namespace mcpcred::cli
