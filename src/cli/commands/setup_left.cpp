#include "cli/commands/setup.h"
#include "platform/file.h"

// The servers that a stopped `setup` did not come to, in the state folder: a line with the account, then an id a line.
// Of no weight: where it cannot
// be read or written, the person chooses again.
namespace mcpcred::cli {
namespace {

constexpr std::size_t kMostBytes = 4096;

std::string file_of(const Folders& folders) {
  return folders.state + "/setup";
}

}  // namespace

std::vector<std::string> servers_left(Context& context) {
  std::vector<std::string> servers;
  const auto folders = context.folders();
  const auto catalog = context.catalog();
  if (!folders || !catalog) return servers;
  const auto content = read_file(file_of(*folders), kMostBytes, FileCheck::kOwned);
  if (!content || !*content) return servers;
  std::string_view rest = (*content)->bytes.reveal();
  const std::string head = context.options.account + "\n";
  if (!rest.starts_with(head)) return servers;
  rest.remove_prefix(head.size());
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string id(rest.substr(0, end));
    const auto known = (*catalog)->find(id);
    if (ServerId::parse(id) && known && *known) servers.push_back(id);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return servers;
}

void note_servers_left(Context& context, const std::vector<std::string>& servers) {
  const auto folders = context.folders();
  if (!folders) return;
  if (servers.empty()) {
    static_cast<void>(remove_file(file_of(*folders)));
    return;
  }
  std::string text = context.options.account + "\n";
  for (const std::string& id : servers) text += id + "\n";
  if (make_private_dir(folders->state)) static_cast<void>(replace_file(file_of(*folders), text));
}

}  // namespace mcpcred::cli
