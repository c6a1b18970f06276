// Makes docs/mcpcred.1 from what --help shows. With `--check FILE`: whether FILE is what would be made.
#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "cli/help.h"
#include "mcpcred/error.h"

namespace {

using mcpcred::cli::OptionForm;
using mcpcred::cli::OptionInfo;
using mcpcred::cli::OptionSet;

constexpr std::string_view kReleased = "2026-11-24";  // the day of this version

// Text of ours in roff: nothing in it is a request or an escape, and what is typed can be copied from the page.
std::string roff(std::string_view text) {
  std::string result;
  if (!text.empty() && (text.front() == '.' || text.front() == '\'')) result += "\\&";
  for (const char c : text) {
    constexpr auto kSpecial = std::to_array<std::pair<char, std::string_view>>(
        {{'\\', "\\e"}, {'-', "\\-"}, {'\'', "\\(aq"}, {'"', "\\(dq"}, {'`', "\\(ga"}, {'^', "\\(ha"}, {'~', "\\(ti"}});
    const auto special = std::find_if(kSpecial.begin(), kSpecial.end(), [=](const auto& s) { return s.first == c; });
    if (special != kSpecial.end())
      result += special->second;
    else
      result += c;
  }
  return result;
}

// Prose: the same, a line each for what is longer than a line.
std::string paragraph(std::string_view text) {
  return roff(text) + "\n";
}

std::string entry(const std::string& label, std::string_view help) {
  return ".TP\n.B " + roff(label) + "\n" + paragraph(help);
}

bool is_option(const OptionInfo& info) {
  return info.form == OptionForm::kFlag || info.form == OptionForm::kValue;
}

std::string entries(const OptionSet& set) {
  std::string text;
  for (const OptionInfo& info : set.declared())
    if (!is_option(info)) text += entry(option_label(info), info.help);
  for (const OptionInfo& info : set.declared())
    if (is_option(info)) text += entry(option_label(info), info.help);
  return text;
}

// Of a block that keeps its lines.
std::string lines(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    result += roff(text.substr(0, end)) + "\n";
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return result;
}

std::string commands() {
  std::string text = ".SH COMMANDS\n";
  for (const mcpcred::cli::Command& command : mcpcred::cli::all_commands()) {
    OptionSet set{std::string(command.name), std::string(command.summary)};
    const auto action = command.declare(set);
    // Without the global options, which have a section of their own.
    text += ".SS " + roff(usage_line(set)) + "\n" + paragraph(std::string(command.summary) + ".") + entries(set);
    for (const auto& example : set.examples())
      text += ".PP\n.EX\n" + roff("    " + example.line) + "\n.EE\n.RS 8\n" + paragraph(example.meaning) + ".RE\n";
    if (const std::string footer = set.footer(); !footer.empty()) text += ".PP\n.EX\n" + lines(footer) + ".EE\n";
  }
  return text;
}

std::string global_options() {
  OptionSet set("", "");
  mcpcred::cli::GlobalOptions options;
  declare_global(set, options);
  return ".SH GLOBAL OPTIONS\nThey go with every command.\n" + entries(set) +
         entry("--version", "which mcpcred this is; without a command");
}

std::string exit_codes() {
  std::string text =
      ".SH EXIT STATUS\n" + entry("0", "Done.") + entry("1", "mcpcred check found something that needs a hand.");
  int last = -1;
  for (const auto& row : mcpcred::all_error_codes()) {
    if (row.exit_code == last)
      text += ".br\n" + paragraph(row.meaning);
    else
      text += entry(std::to_string(row.exit_code), row.meaning);
    last = row.exit_code;
  }
  return text + ".PP\n" + paragraph("mcpcred run ends with the server's own code, or 128 and the signal's number.");
}

constexpr auto kVariables = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"MCPCRED_STORE", "The store to use where none is in use yet: the system's own, vault or env."},
    {"MCPCRED_KEY_FILE", "The file that opens the vault, where it is not the one that the vault remembers."},
    {"XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the folders below stand (Linux)."},

});

constexpr auto kFiles = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"~/.config/mcpcred/servers/*.json", "Entries of your own for the catalog."},
    {"~/.local/share/mcpcred/vault.age", "The vault, where it is the store."},
    {"~/.local/state/mcpcred/registry.json", "What is known of each credential, and what is approved. Never a value."},
});

template <typename Table>
std::string section(std::string_view title, const Table& table) {
  std::string text = ".SH " + std::string(title) + "\n";
  for (const auto& [label, help] : table) text += entry(std::string(label), help);
  return text;
}

std::string man_page() {
  std::string text = ".\\\" Made by scripts/generate-docs; not edited by hand.\n.TH MCPCRED 1 " +
                     std::string(kReleased) + " \"mcpcred " MCPCRED_VERSION "\"\n" +
                     ".SH NAME\nmcpcred \\- keeps the credentials of MCP servers, and hands each to the server that "
                     "needs it\n.SH SYNOPSIS\n.B mcpcred\n.I command\n.RI [ options ]\n.SH DESCRIPTION\n";
  text += paragraph("mcpcred stores credentials of MCP servers in the system's secret store or in an encrypted vault,");
  text += paragraph("starts servers with what they need in that one process, and says what is missing or due.");
  text += paragraph("A secret is never an argument: it is typed at a prompt, or read from standard input or a file.");
  text += paragraph("Data is on standard output; errors and hints are on standard error.");
  text += commands() + global_options() + exit_codes() + section("ENVIRONMENT", kVariables) + section("FILES", kFiles);
  return text + ".SH SEE ALSO\n.BR age (1),\n.BR secret\\-tool (1)\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::string page = man_page();
  if (std::any_of(page.begin(), page.end(), [](char c) { return c != '\n' && (c < ' ' || c > '~'); })) {
    std::cerr << "a help text has a character that is not ASCII\n";
    return 1;
  }
  if (argc == 3 && std::string_view(argv[1]) == "--check") {
    std::ifstream file(argv[2], std::ios::binary);
    const std::string kept{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (kept == page) return 0;
    std::cerr << argv[2] << " is not what the options say; run scripts/generate-docs\n";
    return 1;
  }
  std::cout << page;
  return std::cout.flush() ? 0 : 1;
}
